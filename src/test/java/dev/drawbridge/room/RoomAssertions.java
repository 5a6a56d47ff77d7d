package dev.drawbridge.room;

/** Where {@code assertThat(room)} and {@code assertThat(client)} come from. */
public final class RoomAssertions {

    private RoomAssertions() {}

    public static RoomAssert assertThat(RoomFixture room) {
        return new RoomAssert(room);
    }

    public static ClientAssert assertThat(TestClient client) {
        return new ClientAssert(client);
    }
}
