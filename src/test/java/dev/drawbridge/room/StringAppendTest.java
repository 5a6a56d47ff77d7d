package dev.drawbridge.room;

import static dev.drawbridge.room.RoomAssertions.assertThat;

import dev.drawbridge.json.JsonObject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("[§12] [§21.2] string appends and clients that do not know them")
class StringAppendTest {
    private static final JsonObject APPEND = Diffs.patch("shape:f", "{'props':['patch',{'name':['append','!',5]}]}");
    private static final JsonObject PUT = Diffs.patch("shape:f", "{'props':['patch',{'name':['put','Frame!']}]}");

    /** Holds a frame with the name "Frame". */
    private final RoomFixture room = RoomFixture.with(Records.frame("f"));

    private final TestClient modern = room.join("modern");

    @ParameterizedTest
    @ValueSource(ints = {5, 6, 7})
    @DisplayName("[§21.2] an old client receives a put, whoever appended")
    void oldReceiver(int protocol) {
        TestClient old = room.client("old").protocol(protocol).join();

        modern.push(APPEND);

        assertThat(old).gotPatch(PUT).gotNothing();
    }

    @Test
    @DisplayName("[§21.2] protocol 8 clients receive appends, whoever else is in the room")
    void modernReceiver() {
        room.client("old").protocol(7).join();
        TestClient other = room.join("other");

        modern.push(APPEND);

        assertThat(modern).gotCommit();
        assertThat(other).gotPatch(APPEND);
    }

    @Test
    @DisplayName("[§21.2] what an old client put, protocol 8 clients receive as an append")
    void oldPusher() {
        TestClient old = room.client("old").protocol(7).join();
        TestClient another = room.client("another").protocol(6).join();

        old.push(PUT);

        assertThat(old).gotCommit();
        assertThat(modern).gotPatch(APPEND);
        assertThat(another).gotPatch(PUT);
    }

    @Test
    @DisplayName("[§21.2] the result of a push follows the pusher's own protocol")
    void result() {
        TestClient old = room.client("old").protocol(7).join();

        modern.push(PUT);
        old.push(Diffs.put(Records.withProp(Records.frame("f"), "name", "'Frame!!'")));

        assertThat(modern)
                .gotRebase(APPEND)
                .gotPatch(Diffs.patch("shape:f", "{'props':['patch',{'name':['append','!',6]}]}"));
        assertThat(old)
                .gotPatch(PUT)
                .gotRebase(Diffs.patch("shape:f", "{'props':['patch',{'name':['put','Frame!!']}]}"));
    }

    @Test
    @DisplayName("[§21.2] a string append that an old client pushes all the same is rebased to a put")
    void oldAppends() {
        TestClient old = room.client("old").protocol(7).join();

        old.push(APPEND);

        assertThat(old).gotRebase(PUT);
        assertThat(modern).gotPatch(APPEND);
    }

    @Test
    @DisplayName("[§12] array appends are for everybody")
    void arrays() {
        TestClient old = room.client("old").protocol(7).join();
        modern.push(Diffs.patch("shape:f", "{'meta':['put',[1]]}"));
        old.forget();

        modern.push(Diffs.patch("shape:f", "{'meta':['append',[2],1]}"));

        assertThat(old).gotPatch(Diffs.patch("shape:f", "{'meta':['append',[2],1]}"));
    }

    @Test
    @DisplayName("[§21.2] strings inside arrays and at the top are put for old clients as well")
    void everywhere() {
        TestClient old = room.client("old").protocol(7).join();
        modern.push(Diffs.patch("shape:f", "{'meta':['put',[{'t':'a'}]]}"));
        old.forget();

        modern.push(Diffs.patch("shape:f", "{'meta':['patch',{'0':['patch',{'t':['append','b',1]}]}]}"));
        modern.push(Diffs.patch(Records.PAGE_ID, "{'name':['append','!',6]}"));

        assertThat(old)
                .gotPatch(Diffs.patch("shape:f", "{'meta':['patch',{'0':['patch',{'t':['put','ab']}]}]}"))
                .gotPatch(Diffs.patch(Records.PAGE_ID, "{'name':['put','Page 1!']}"));
    }

    @Test
    @DisplayName("[§16] [§21.2] presence follows the same rule")
    void presence() {
        TestClient old = room.client("old").protocol(7).join();
        TestClient other = room.join("other");
        modern.pushPresence(Diffs.putOp(Records.presence("modern")));
        old.forget();
        other.forget();

        modern.pushPresence(Diffs.patchOp("{'chatMessage':['append','hi',0]}"));

        assertThat(old).gotPatch(Diffs.patch(TestClient.presenceId(1), "{'chatMessage':['put','hi']}"));
        assertThat(other).gotPatch(Diffs.patch(TestClient.presenceId(1), "{'chatMessage':['append','hi',0]}"));
    }

    @Test
    @DisplayName("[§21.2] changes by the host reach everybody in their own form")
    void host() {
        TestClient old = room.client("old").protocol(7).join();

        room.update(update -> update.put(Records.withProp(Records.frame("f"), "name", "'Frame!'")));

        assertThat(old).gotPatch(PUT);
        assertThat(modern).gotPatch(APPEND);
    }
}
