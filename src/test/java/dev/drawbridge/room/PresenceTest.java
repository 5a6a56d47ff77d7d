package dev.drawbridge.room;

import static dev.drawbridge.json.JsonText.json;
import static dev.drawbridge.room.RoomAssertions.assertThat;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.protocol.RefusalReason;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("[§16] presence")
class PresenceTest {
    private static final String ID_OF_A = TestClient.presenceId(1);

    private final RoomFixture room = RoomFixture.create();
    private final TestClient a = room.join("a");
    private final TestClient b = room.join("b");

    @Test
    @DisplayName("[§16] the first put goes to the others as a put, under an id and a type that the server gives")
    void first() {
        JsonObject lie = Records.with(
                Records.with(Records.presence("a"), "id", "'instance_presence:p2'"), "typeName", "'shape'");

        a.pushPresence(Diffs.putOp(lie));

        assertThat(a).gotCommit().atClock(1).gotNothing();
        assertThat(b).gotPatch(Diffs.put(presenceOfA())).atClock(1).gotNothing();
    }

    @Test
    @DisplayName("[§16] later puts go as patches, by the rules for documents")
    void later() {
        present();

        a.pushPresence(Diffs.putOp(Records.with(Records.presence("a"), "chatMessage", "'hi'")));
        a.pushPresence(Diffs.putOp(Records.with(Records.presence("a"), "chatMessage", "'hi there'")));

        assertThat(a).gotCommit().gotCommit();
        assertThat(b)
                .gotPatch(Diffs.patch(ID_OF_A, "{'chatMessage':['append','hi',0]}"))
                .gotPatch(Diffs.patch(ID_OF_A, "{'chatMessage':['append',' there',2]}"))
                .gotNothing();
    }

    @Test
    @DisplayName("[§16] a patch goes as a patch")
    void patch() {
        present();

        a.pushPresence(Diffs.patchOp("{'cursor':['put',{'x':5,'y':6,'type':'default','rotation':0}],"
                + "'id':['put','instance_presence:p2'],'typeName':['delete']}"));

        assertThat(a).gotCommit();
        assertThat(b)
                .gotPatch(Diffs.patch(ID_OF_A, "{'cursor':['put',{'x':5,'y':6,'type':'default','rotation':0}]}"))
                .gotNothing();
    }

    @Test
    @DisplayName("[§16] no change is told to nobody, and is a commit")
    void unchanged() {
        present();

        a.pushPresence(Diffs.putOp(Records.presence("a")));
        a.pushPresence(Diffs.patchOp("{'chatMessage':['put','']}"));
        a.pushPresence(Diffs.patchOp("{}"));

        assertThat(a).gotCommit().gotCommit().gotCommit().gotNothing();
        assertThat(b).gotNothing();
    }

    @Test
    @DisplayName("[§12.1] a patch without a presence to patch does nothing")
    void nothingToPatch() {
        a.pushPresence(Diffs.patchOp("{'chatMessage':['put','hi']}"));

        assertThat(a).gotCommit();
        assertThat(b).gotNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "['remove']", "['frobnicate',1]", "[]"})
    @DisplayName("[§12.1] any other operation, or null, does nothing")
    void otherOperations(String presence) {
        present();

        a.pushPresence(json(presence));

        assertThat(a).gotCommit().isOpen();
        assertThat(b).gotNothing();
        assertThat(room.join("c")).wasGiven(presenceOfA());
    }

    @Test
    @DisplayName("[§16] presence moves no clock, leaves no tombstone and is in no snapshot")
    void notStored() {
        present();
        a.disconnect();
        room.seconds(6);

        assertThat(room)
                .hasClock(1)
                .holdsOnly(Records.DOCUMENT_ID, Records.PAGE_ID)
                .hasTombstones(Map.of());
        assertThat(b).gotPatch(Diffs.remove(ID_OF_A)).atClock(1);
    }

    @Test
    @DisplayName("[§16] with a discarded document part, presence still goes through")
    void withDiscard() {
        a.push(Diffs.remove("shape:none"), Diffs.putOp(Records.presence("a")));

        assertThat(a).gotDiscard();
        assertThat(b).gotPatch(Diffs.put(presenceOfA()));
    }

    @Test
    @DisplayName("[§12.4] presence plays no part in the verdict on the document part")
    void withCommit() {
        a.push(Diffs.put(Records.geo("1")), Diffs.putOp(Records.presence("a")));

        assertThat(a).gotCommit();
    }

    @Nested
    class Invalid {

        @ParameterizedTest
        @ValueSource(strings = {"['put',{}]", "['put',null]", "['put']", "['put',5]"})
        @DisplayName("[§16] invalid presence refuses the session")
        void put(String op) {
            a.pushPresence(json(op));

            assertThat(a).wasRefused(RefusalReason.INVALID_RECORD).gotNothing();
            assertThat(b).gotNothing();
        }

        @ParameterizedTest
        @ValueSource(strings = {"{'userName':['put',5]}", "{'bogus':['put',1]}", "{'cursor':['delete']}"})
        @DisplayName("[§16] so does a patch that makes it invalid; the presence goes with the session")
        void patch(String diff) {
            present();

            a.pushPresence(Diffs.patchOp(diff));

            assertThat(a).wasRefused(RefusalReason.INVALID_RECORD);
            assertThat(b).gotPatch(Diffs.remove(ID_OF_A)).gotNothing();
        }

        @ParameterizedTest
        @ValueSource(strings = {"5", "'put'", "{'put':1}", "true"})
        @DisplayName("[§12.1] something that is no operation is refused")
        void noOperation(String presence) {
            a.pushPresence(json(presence));

            assertThat(a).wasRefused(RefusalReason.UNKNOWN_ERROR);
        }

        @Test
        @DisplayName("[§12.2] a broken patch is refused")
        void broken() {
            present();

            a.pushPresence(Diffs.patchOp("{'cursor':null}"));

            assertThat(a).wasRefused(RefusalReason.UNKNOWN_ERROR);
        }

        @Test
        @DisplayName("[§12] invalid documents roll the presence back")
        void rollback() {
            present();
            TestClient c = room.join("c");

            a.push(JsonObject.of("shape:1", json("null")), Diffs.patchOp("{'chatMessage':['put','hi']}"));

            assertThat(a).wasRefused(RefusalReason.UNKNOWN_ERROR);
            assertThat(c).gotPatch(Diffs.remove(ID_OF_A)).gotNothing();
        }
    }

    @Test
    @DisplayName("[§16] each session has one presence, and writes no other")
    void ownOnly() {
        present();
        b.pushPresence(Diffs.putOp(Records.presence("b").with("id", new JsonString(ID_OF_A))));

        assertThat(a)
                .gotPatch(Diffs.put(Records.presence("b").with("id", new JsonString(TestClient.presenceId(2)))))
                .gotNothing();
    }

    private void present() {
        a.pushPresence(Diffs.putOp(Records.presence("a")));
        assertThat(a).gotCommit();
        assertThat(b).gotPatch(Diffs.put(presenceOfA()));
    }

    private static JsonObject presenceOfA() {
        return Records.presence("a").with("id", new JsonString(ID_OF_A));
    }
}
