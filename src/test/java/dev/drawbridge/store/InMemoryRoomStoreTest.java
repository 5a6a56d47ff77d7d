package dev.drawbridge.store;

class InMemoryRoomStoreTest extends RoomStoreContract {
    private final InMemoryRoomStore rooms = new InMemoryRoomStore();

    @Override
    protected RoomStore openStore() {
        return rooms;
    }

    @Override
    protected RoomStore storeOf(String node, Liveness liveness) {
        return rooms.of(node, liveness);
    }
}
