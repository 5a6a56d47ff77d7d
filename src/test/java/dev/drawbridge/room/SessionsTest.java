package dev.drawbridge.room;

import static dev.drawbridge.json.JsonText.json;
import static dev.drawbridge.room.RoomAssertions.assertThat;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.protocol.RefusalReason;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("[§15] sessions")
class SessionsTest {
    private final RoomFixture room = RoomFixture.create();

    @Nested
    @DisplayName("[§15] awaiting connect")
    class AwaitingConnect {

        @Test
        @DisplayName("[§15] a socket has ten seconds to connect")
        void timeout() {
            TestClient a = room.client("a").open();

            room.seconds(10);
            assertThat(a).isOpen();
            assertThat(room).hasSessions("a");

            room.advance(Duration.ofMillis(1));
            assertThat(a).wasClosedToComeBack();
            assertThat(room).hasSessions().hasRemovedSessions("a").hasBecomeEmpty(1);
        }

        @Test
        @DisplayName("[§8] messages that are ignored give it no more time")
        void noActivity() {
            TestClient a = room.client("a").open();

            room.seconds(9);
            a.ping().push(null, null);
            room.seconds(2);

            assertThat(a).wasClosedToComeBack();
        }

        @Test
        @DisplayName("[§15] a socket that closes before it has connected is removed")
        void closed() {
            room.client("a").open().disconnect();

            room.seconds(6);

            assertThat(room).hasSessions().hasRemovedSessions("a");
        }

        @Test
        @DisplayName("[§15] who connects in time is connected")
        void inTime() {
            TestClient a = room.client("a").open();

            room.seconds(9);
            a.join();
            room.seconds(2);

            assertThat(a).isOpen();
        }
    }

    @Nested
    @DisplayName("[§15] connected")
    class Connected {

        @Test
        @DisplayName("[§15] who is silent for twenty seconds is given up, and removed five seconds later")
        void idle() {
            TestClient a = room.join("a");

            room.seconds(20);
            assertThat(a).isOpen();

            room.advance(Duration.ofMillis(1));
            assertThat(a).wasClosedToComeBack();
            assertThat(room).hasSessions("a").hasRemovedSessions();

            room.seconds(5);
            assertThat(room).hasSessions("a");

            room.advance(Duration.ofMillis(1));
            assertThat(room).hasSessions().hasRemovedSessions("a").hasBecomeEmpty(1);
        }

        @Test
        @DisplayName("[§15] pings, pushes and connects count as activity")
        void activity() {
            TestClient a = room.join("a");

            room.seconds(15);
            a.ping();
            room.seconds(15);
            a.push(null, null);
            room.seconds(15);
            a.connect();
            room.seconds(15);

            assertThat(a).isOpen();
            room.seconds(6);
            assertThat(a).wasClosedToComeBack();
        }

        @Test
        @DisplayName("[§15] a ping is answered, to its sender alone")
        void pong() {
            TestClient a = room.join("a");
            TestClient b = room.join("b");

            a.ping().ping();

            assertThat(a).gotPong().gotPong().gotNothing();
            assertThat(b).gotNothing();
        }

        @Test
        @DisplayName("[§15] who only listens is no better than silent")
        void listening() {
            TestClient a = room.join("a");
            TestClient b = room.join("b");
            for (int i = 0; i < 7; i++) {
                room.seconds(3);
                b.push(Diffs.patch(Records.PAGE_ID, "{'name':['put','" + i + "']}"));
            }

            assertThat(a).wasClosedToComeBack();
            assertThat(b).isOpen();
        }
    }

    @Nested
    @DisplayName("[§15] awaiting removal")
    class AwaitingRemoval {
        private final TestClient a = room.join("a");
        private final TestClient b = room.join("b");

        AwaitingRemoval() {
            a.pushPresence(Diffs.putOp(Records.presence("a")));
            a.forget();
            b.forget();
        }

        @Test
        @DisplayName("[§15] the presence stays for five seconds, then all others are told")
        void removal() {
            a.disconnect();
            room.seconds(5);
            assertThat(b).gotNothing();
            assertThat(room).hasSessions("a", "b");

            room.advance(Duration.ofMillis(1));
            assertThat(b)
                    .gotPatch(Diffs.remove(TestClient.presenceId(1)))
                    .atClock(1)
                    .gotNothing();
            assertThat(room).hasSessions("b").hasRemovedSessions("a").hasBecomeEmpty(0);
        }

        @Test
        @DisplayName("[§15] who has no presence leaves without a word")
        void withoutPresence() {
            b.disconnect();
            room.seconds(6);

            assertThat(a).gotNothing();
            assertThat(room).hasSessions("a").hasRemovedSessions("b");
        }

        @Test
        @DisplayName("[§15] a lost session receives nothing, and what still comes over its socket is ignored")
        void deaf() {
            a.disconnect();

            b.push(Diffs.put(Records.geo("1")));
            a.push(Diffs.put(Records.geo("2"))).ping().connect().sendFrame("{}").sendFrame("nonsense");

            assertThat(a).gotNothing().wasClosedToComeBack();
            assertThat(room).holdsNo("shape:2").hasSessions("a", "b");
        }

        @Test
        @DisplayName("[§15] losing it twice does not prolong its stay")
        void twice() {
            a.disconnect();
            room.seconds(4);
            a.disconnect();
            room.seconds(2);

            assertThat(room).hasSessions("b");
        }

        @Test
        @DisplayName("[§15] the last session to be removed leaves the room empty")
        void empty() {
            a.disconnect();
            b.disconnect();
            assertThat(room).hasBecomeEmpty(0);

            room.seconds(6);

            assertThat(room).hasSessions().hasRemovedSessions("a", "b").hasBecomeEmpty(1);
        }

        @Test
        @DisplayName("[§15] the host can end a lost session at once")
        void byTheHost() {
            a.disconnect();
            room.perform(room.room().closeSession("a", null));

            assertThat(b).gotPatch(Diffs.remove(TestClient.presenceId(1)));
            assertThat(room).hasSessions("b").hasRemovedSessions("a");
        }
    }

    @Nested
    @DisplayName("[§15] [§21.3] a new socket with a known session id")
    class Replaced {
        private final TestClient b = room.join("b");
        private final TestClient old = room.join("a");

        Replaced() {
            old.pushPresence(Diffs.putOp(Records.presence("a")));
            old.forget();
            b.forget();
        }

        @Test
        @DisplayName("[§21.3] closes the old one without 4099")
        void closesTheOld() {
            TestClient fresh = room.join("a");

            assertThat(old).wasClosedToComeBack();
            assertThat(fresh).isOpen();
            assertThat(room).hasSessions("a", "b").hasRemovedSessions().hasBecomeEmpty(0);
        }

        @Test
        @DisplayName("[§15] inherits the presence id; the presence stays visible, also while it has not connected yet")
        void inheritsPresence() {
            TestClient fresh = room.client("a").open();
            assertThat(b).gotNothing();
            assertThat(room.join("c")).wasGiven(presenceOfA());

            fresh.join().pushPresence(Diffs.patchOp("{'chatMessage':['put','back']}"));

            assertThat(fresh).gotCommit();
            assertThat(b)
                    .gotPatch(Diffs.patch(TestClient.presenceId(2), "{'chatMessage':['append','back',0]}"))
                    .gotNothing();
        }

        @Test
        @DisplayName("[§15] inherits the presence also from a lost socket, as long as it is kept")
        void fromTheLost() {
            old.disconnect();
            room.seconds(4);
            TestClient fresh = room.join("a");
            room.seconds(4);

            assertThat(fresh).isOpen();
            assertThat(b).gotNothing();
            assertThat(room).hasSessions("a", "b").hasRemovedSessions();
        }

        @Test
        @DisplayName("[§15] comes too late when the session has been removed, and gets a new presence id")
        void tooLate() {
            old.disconnect();
            room.seconds(6);
            assertThat(b).gotPatch(Diffs.remove(TestClient.presenceId(2)));

            room.join("a").pushPresence(Diffs.putOp(Records.presence("a")));

            assertThat(b).gotPatch(Diffs.put(presenceOfA().with("id", new JsonString(TestClient.presenceId(3)))));
        }

        @Test
        @DisplayName("[§21.3] what the old socket still says is ignored")
        void lateMessages() {
            TestClient fresh = room.join("a");

            old.push(Diffs.put(Records.geo("1"))).ping().connect().sendFrame("{}");

            assertThat(old).gotNothing();
            assertThat(fresh).isOpen().gotNothing();
            assertThat(b).gotNothing();
            assertThat(room).hasClock(1).holdsNo("shape:1");
        }

        @Test
        @DisplayName("[§21.3] that the old socket closes does not touch the new one")
        void lateClose() {
            TestClient fresh = room.join("a");

            old.disconnect();
            room.seconds(6);

            assertThat(fresh).isOpen();
            fresh.push(Diffs.put(Records.geo("1")));
            assertThat(fresh).gotCommit();
            assertThat(b).gotPatch(Diffs.put(Records.geo("1"))).gotNothing();
        }

        @Test
        @DisplayName("[§15] has ten seconds to connect of its own; if it does not, the presence goes with it")
        void noConnect() {
            TestClient fresh = room.client("a").open();
            room.seconds(10);
            assertThat(fresh).isOpen();

            room.advance(Duration.ofMillis(1));

            assertThat(fresh).wasClosedToComeBack();
            assertThat(b).gotPatch(Diffs.remove(TestClient.presenceId(2)));
            assertThat(room).hasSessions("b").hasRemovedSessions("a");
        }

        @Test
        @DisplayName("[§15] is read-only or not as it was opened, not as the old one was")
        void readonly() {
            TestClient reader = room.client("a").readonly().join();

            reader.push(Diffs.put(Records.geo("1")));

            assertThat(reader).gotDiscard();
        }

        @Test
        @DisplayName("[§12.6] gets no results of the old one's pushes")
        void noStrayResults() {
            old.push(Diffs.put(Records.geo("1")));
            TestClient fresh = room.client("a").lastServerClock(1).join();
            old.push(Diffs.put(Records.geo("2")));

            assertThat(fresh)
                    .isHydrated("wipe_presence", 2)
                    .wasGivenOnly("shape:1")
                    .gotNothing();
        }

        private JsonObject presenceOfA() {
            return Records.presence("a").with("id", new JsonString(TestClient.presenceId(2)));
        }
    }

    @Nested
    @DisplayName("[§14] messages of the host")
    class Custom {

        @Test
        @DisplayName("[§14] reach all connected sessions, in order with what else they are sent")
        void all() {
            TestClient a = room.join("a");
            TestClient reader = room.client("reader").readonly().join();
            TestClient waiting = room.client("waiting").open();
            TestClient lost = room.join("lost").disconnect();

            a.push(Diffs.put(Records.geo("1")));
            room.perform(room.room().sendCustom(json("{'anything':1}")));
            a.push(Diffs.remove("shape:1"));

            assertThat(a)
                    .gotCommit()
                    .gotCustom(json("{'anything':1}"))
                    .gotCommit()
                    .gotNothing();
            assertThat(reader)
                    .gotPatch(Diffs.put(Records.geo("1")))
                    .gotCustom(json("{'anything':1}"))
                    .gotPatch(Diffs.remove("shape:1"));
            assertThat(waiting).gotNothing();
            assertThat(lost).gotNothing();
        }

        @Test
        @DisplayName("[§14] or one of them")
        void one() {
            TestClient a = room.join("a");
            TestClient b = room.join("b");
            room.client("waiting").open();

            room.perform(room.room().sendCustom("a", json("[1]")));
            room.perform(room.room().sendCustom("waiting", json("[1]")));
            room.perform(room.room().sendCustom("nobody", json("[1]")));

            assertThat(a).gotCustom(json("[1]")).gotNothing();
            assertThat(b).gotNothing();
        }
    }

    @Nested
    @DisplayName("A room that is closed")
    class Closed {

        @Test
        @DisplayName("closes every socket so that its client comes back, and takes no update")
        void closed() {
            TestClient a = room.join("a");
            TestClient waiting = room.client("waiting").open();

            room.perform(room.room().close("shutting down"));

            assertThat(a).wasClosedToComeBack().gotNothing();
            assertThat(waiting).wasClosedToComeBack().gotNothing();
            assertThat(room).hasSessions();
            Assertions.assertThatIllegalStateException()
                    .isThrownBy(() -> room.room().update(update -> update.put(Records.geo("1"))));
            a.push(Diffs.put(Records.geo("1")));
            assertThat(room).hasClock(1);
        }
    }

    @Test
    @DisplayName("[§7] the host's limits are refusals like any other: the room may be full")
    void roomFull() {
        TestClient a = room.client("a").open();

        room.perform(room.room().refuse(a, RefusalReason.ROOM_FULL, "enough"));

        assertThat(a).wasRefused(RefusalReason.ROOM_FULL);
        assertThat(room).hasSessions().hasRemovedSessions("a");
    }
}
