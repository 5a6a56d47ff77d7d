package dev.drawbridge.room;

import static dev.drawbridge.json.JsonText.json;
import static dev.drawbridge.room.RoomAssertions.assertThat;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.protocol.Limit;
import dev.drawbridge.protocol.Limits;
import dev.drawbridge.protocol.RefusalReason;
import java.time.Duration;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("[§21.6] the limits of a room")
class LimitsTest {
    private static final int MANY = Integer.MAX_VALUE;

    private static Limits limits(Limits.OfRoom room) {
        return new Limits(Limits.NONE.message(), Limits.NONE.session(), room, Limits.NONE.node());
    }

    private static Limits limits(Limits.OfSession session) {
        return new Limits(Limits.NONE.message(), session, Limits.NONE.room(), Limits.NONE.node());
    }

    private static RoomFixture room(Limits limits) {
        return RoomFixture.create(RoomSettings.DEFAULT.with(limits));
    }

    @Nested
    class Sessions {

        @Test
        @DisplayName("who comes to a full room is refused with ROOM_FULL, and nobody else is disturbed")
        void full() {
            RoomFixture room = room(limits(new Limits.OfRoom(2, MANY, MANY, MANY, MANY)));
            TestClient a = room.join("a");
            room.join("b");

            TestClient c = room.client("c").open();

            assertThat(c).wasRefused(RefusalReason.ROOM_FULL).gotNothing();
            assertThat(a).isOpen().gotNothing();
            assertThat(room).hasSessions("a", "b");
            Assertions.assertThat(room.limitsHit()).containsExactly(Limit.SESSIONS_PER_ROOM);
        }

        @Test
        @DisplayName(
                "a session that is lost does not keep others out, and its own new socket finds room when there is some")
        void lost() {
            RoomFixture room = room(limits(new Limits.OfRoom(1, MANY, MANY, MANY, MANY)));
            TestClient a = room.join("a").disconnect();

            assertThat(room.client("a").join()).isOpen();
            Assertions.assertThat(a).isNotNull();
            assertThat(room.client("b").open()).wasRefused(RefusalReason.ROOM_FULL);
        }

        @Test
        @DisplayName("who comes when enough may edit is a viewer, and an editor when one has left")
        void editors() {
            RoomFixture room = room(limits(new Limits.OfRoom(MANY, 1, MANY, MANY, MANY)));
            TestClient a = room.join("a");
            TestClient b = room.join("b");

            Assertions.assertThat(a.hydration().get("isReadonly")).isEqualTo(json("false"));
            Assertions.assertThat(b.hydration().get("isReadonly")).isEqualTo(json("true"));
            b.push(Diffs.put(Records.geo("1")));
            assertThat(b).gotDiscard();

            a.disconnect();
            Assertions.assertThat(room.join("c").hydration().get("isReadonly")).isEqualTo(json("false"));
        }

        @Test
        @DisplayName("a viewer takes no editor's place")
        void viewers() {
            RoomFixture room = room(limits(new Limits.OfRoom(MANY, 1, MANY, MANY, MANY)));
            room.client("reader").readonly().join();

            Assertions.assertThat(room.join("a").hydration().get("isReadonly")).isEqualTo(json("false"));
        }
    }

    @Nested
    @DisplayName("[§16] [issue 10.3] presence")
    class Presence {
        private final RoomFixture room = room(limits(new Limits.OfSession(MANY, MANY, 2_000, MANY)));
        private final TestClient a = room.join("a");
        private final TestClient b = room.join("b");

        @Test
        @DisplayName("of a size that no client has: who pushes it is refused, and nothing of the push lands")
        void tooLarge() {
            a.push(Diffs.put(Records.geo("1")), Diffs.putOp(large()));

            assertThat(a).gotNothing().wasRefused(RefusalReason.INVALID_RECORD);
            assertThat(b).gotNothing();
            assertThat(room).hasClock(1).holdsNo("shape:1");
            Assertions.assertThat(room.room().presenceBytes()).isZero();
            Assertions.assertThat(room.limitsHit()).containsExactly(Limit.PRESENCE_BYTES);
        }

        @Test
        @DisplayName("it does not grow beyond that piece by piece, and for a viewer neither")
        void growing() {
            TestClient viewer = room.client("viewer").readonly().join();
            viewer.pushPresence(Diffs.putOp(Records.presence("viewer")));
            assertThat(viewer).gotCommit();
            Assertions.assertThat(room.room().presenceBytes()).isBetween(100L, 2_000L);

            viewer.pushPresence(Diffs.patchOp("{'chatMessage':['append','%s',0]}".formatted("x".repeat(2_000))));

            assertThat(viewer).gotNothing().wasRefused(RefusalReason.INVALID_RECORD);
            Assertions.assertThat(room.room().presenceBytes()).isZero();
        }

        private static JsonObject large() {
            return Records.withMeta(Records.presence("a"), "'" + "x".repeat(2_000) + "'");
        }
    }

    @Nested
    class Growth {

        @Test
        @DisplayName("a push by which there are too many records is discarded, its presence is not")
        void records() {
            RoomFixture room = room(limits(new Limits.OfRoom(MANY, MANY, 3, MANY, MANY)));
            TestClient a = room.join("a");
            TestClient b = room.join("b");
            a.push(Diffs.put(Records.geo("1")));
            assertThat(a).gotCommit();
            b.forget();

            a.push(Diffs.put(Records.geo("2")), json("['put',%s]".formatted(Records.presence("x"))));

            assertThat(a)
                    .gotDiscard()
                    .gotCustom(json("{'type':'drawbridge.limit','limit':'RECORDS_PER_ROOM','max':3}"))
                    .gotNothing();
            Assertions.assertThat(b.next().toString())
                    .contains(TestClient.presenceId(1))
                    .doesNotContain("shape:2");
            assertThat(room).hasClock(2).holdsNo("shape:2");
        }

        @Test
        @DisplayName("a client is told once, and again when it has been able to change something in between")
        void toldOnce() {
            RoomFixture room = room(limits(new Limits.OfRoom(MANY, MANY, 3, MANY, MANY)));
            TestClient a = room.join("a");
            JsonObject notice = (JsonObject) json("{'type':'drawbridge.limit','limit':'RECORDS_PER_ROOM','max':3}");
            a.push(Diffs.put(Records.geo("1")));
            assertThat(a).gotCommit();
            a.push(Diffs.put(Records.geo("2")));
            assertThat(a).gotDiscard().gotCustom(notice);
            a.push(Diffs.put(Records.geo("2")));
            assertThat(a).gotDiscard().gotNothing();

            a.push(Diffs.patch("shape:1", "{'x':['put',5]}"));
            assertThat(a).gotCommit();
            a.push(Diffs.put(Records.geo("2")));
            assertThat(a).gotDiscard().gotCustom(notice);
            Assertions.assertThat(room.limitsHit()).hasSize(3).containsOnly(Limit.RECORDS_PER_ROOM);
        }

        @Test
        @DisplayName("deletes still work, also in a room that is beyond its limit, and make room")
        void deletes() {
            RoomFixture room = RoomFixture.of(
                    RoomFixture.with(Records.geo("1"), Records.geo("2")).room().snapshot(),
                    RoomSettings.DEFAULT.with(limits(new Limits.OfRoom(MANY, MANY, 3, MANY, MANY))));
            TestClient a = room.join("a");

            a.push(Diffs.remove("shape:1"));
            assertThat(a).gotCommit();
            a.push(Diffs.all(Diffs.remove("shape:2"), Diffs.put(Records.geo("3"))));
            assertThat(a).gotCommit();
        }

        @Test
        @DisplayName("a push by which the records are too large is discarded; one that makes them smaller is not")
        void bytes() {
            JsonObject large = Records.withMeta(Records.geo("1"), "{'text':'%s'}".formatted("x".repeat(2_000)));
            RoomFixture room = room(limits(new Limits.OfRoom(MANY, MANY, MANY, 3_000, MANY)));
            TestClient a = room.join("a");
            a.push(Diffs.put(large));
            assertThat(a).gotCommit();

            a.push(Diffs.patch(
                    "shape:1", "{'meta':['patch',{'text':['append','%s',2000]}]}".formatted("y".repeat(2_000))));
            assertThat(a)
                    .gotDiscard()
                    .gotCustom(json("{'type':'drawbridge.limit','limit':'BYTES_PER_ROOM','max':3000}"));
            a.push(Diffs.patch("shape:1", "{'meta':['patch',{'text':['delete']}]}"));
            assertThat(a).gotCommit();
            Assertions.assertThat(room.room().size())
                    .isEqualTo(room.room().snapshot().size());
        }

        @Test
        @DisplayName("[issue 10.7] a record does not grow beyond its limit, piece by piece either; it may shrink")
        void record() {
            RoomFixture room = room(limits(new Limits.OfRoom(MANY, MANY, MANY, MANY, 3_000)));
            TestClient a = room.join("a");
            a.push(Diffs.put(Records.withMeta(Records.geo("1"), "{'text':'%s'}".formatted("x".repeat(2_000)))));
            assertThat(a).gotCommit();

            a.push(Diffs.patch(
                    "shape:1", "{'meta':['patch',{'text':['append','%s',2000]}]}".formatted("y".repeat(2_000))));
            assertThat(a).gotDiscard().gotCustom(json("{'type':'drawbridge.limit','limit':'RECORD_BYTES','max':3000}"));
            a.push(Diffs.put(Records.geo("2")));
            a.push(Diffs.patch("shape:1", "{'meta':['patch',{'text':['delete']}]}"));
            assertThat(a).gotCommit().gotCommit();
        }

        @Test
        @DisplayName(
                "[issue 10.7] who changes a large record again and again is refused before the room is busy with nothing else")
        void rewriting() {
            RoomFixture room = room(Limits.NONE);
            TestClient a = room.join("a");
            a.push(Diffs.put(Records.withMeta(Records.geo("1"), "'%s'".formatted("x".repeat(8 << 20)))));
            assertThat(a).gotCommit();

            int pushes = 0;
            while (a.closing().isEmpty() && pushes < 100) {
                a.push(Diffs.patch("shape:1", "{'x':['put'," + ++pushes + "]}"));
            }

            Assertions.assertThat(pushes).isBetween(10, 20);
            assertThat(a.forget()).wasRefused(RefusalReason.RATE_LIMITED);
            Assertions.assertThat(room.limitsHit()).containsOnly(Limit.BYTE_RATE);
        }

        @Test
        @DisplayName("holds for the host's own changes as well, and nothing of them lands")
        void host() {
            RoomFixture room = room(limits(new Limits.OfRoom(MANY, MANY, 3, MANY, MANY)));

            Assertions.assertThatExceptionOfType(LimitExceededException.class)
                    .isThrownBy(() -> room.room().update(update -> {
                        update.put(Records.geo("1"));
                        update.put(Records.geo("2"));
                    }))
                    .satisfies(e -> Assertions.assertThat(e.limit()).isEqualTo(Limit.RECORDS_PER_ROOM));
            assertThat(room).hasClock(1).holdsNo("shape:1", "shape:2");
        }
    }

    @Nested
    class Rates {

        @Test
        @DisplayName("who sends more for longer than ten seconds' worth is refused with RATE_LIMITED")
        void messages() {
            RoomFixture room = room(limits(new Limits.OfSession(5, MANY, MANY, MANY)));
            TestClient a = room.client("a").open().join(); // the first of fifty

            ping(a, 49);
            assertThat(a).isOpen();
            a.forget().ping();

            assertThat(a).wasRefused(RefusalReason.RATE_LIMITED).gotNothing();
            Assertions.assertThat(room.limitsHit()).containsExactly(Limit.PUSH_RATE);
        }

        @Test
        @DisplayName(
                "[issue 10, A8] a push counts for one more with each hundred records it changes, but for half of all at most")
        void cost() {
            RoomFixture room = room(limits(new Limits.OfSession(5, MANY, MANY, MANY)));
            TestClient a = room.client("a").open().join(); // the first of fifty
            a.push(many(1_000)); // eleven
            ping(a, 38);
            assertThat(a).isOpen();
            assertThat(a.forget().ping()).wasRefused(RefusalReason.RATE_LIMITED);

            TestClient b = room.client("b").open().join();
            b.push(many(100_000)); // twenty-five: who was away for long is let in with all of it
            ping(b, 24);
            assertThat(b).isOpen();
            assertThat(b.forget().ping()).wasRefused(RefusalReason.RATE_LIMITED);
        }

        /** A diff that removes records that are not there. */
        private static JsonObject many(int records) {
            JsonObject.Builder diff = JsonObject.builder();
            for (int i = 0; i < records; i++) {
                diff.put("shape:" + i, json("['remove']"));
            }
            return diff.build();
        }

        @Test
        @DisplayName("who sends at the rate may do so for ever")
        void steady() {
            RoomFixture room = room(limits(new Limits.OfSession(5, MANY, MANY, MANY)));
            TestClient a = room.join("a");

            for (int second = 0; second < 100; second++) {
                ping(a, 5);
                a.forget();
                room.seconds(1);
            }
            assertThat(a).isOpen();
        }

        @Test
        @DisplayName("who sends too much in few messages is refused as well")
        void characters() {
            RoomFixture room = room(limits(new Limits.OfSession(MANY, 1_000, MANY, MANY)));
            TestClient a = room.join("a");

            a.send(JsonObject.builder()
                    .put("type", "ping")
                    .put("ballast", "x".repeat(10_000))
                    .build());

            assertThat(a).wasRefused(RefusalReason.RATE_LIMITED);
            Assertions.assertThat(room.limitsHit()).containsExactly(Limit.BYTE_RATE);
        }

        @Test
        @DisplayName("a page that may only look on and pushes its user a dozen times a second is never cut off for it")
        void reader() {
            RoomFixture room = room(limits(new Limits.OfSession(1, 100, MANY, MANY)));
            TestClient reader = room.client("reader").readonly().join();

            for (int second = 0; second < 60; second++) {
                IntStream.range(0, 14).forEach(i -> reader.push(Diffs.put(Records.user("me"))));
                reader.forget();
                room.seconds(1);
            }
            assertThat(reader).isOpen();
        }

        private static void ping(TestClient client, int times) {
            IntStream.range(0, times).forEach(i -> client.ping());
        }
    }

    @Nested
    class ChangedRights {
        private final RoomFixture room = RoomFixture.create();

        @Test
        @DisplayName("that are taken away count at once, and the client connects again to learn of it")
        void takenAway() {
            TestClient a = room.join("a");
            room.room().changeRights("a", Rights.VIEWER);

            a.push(Diffs.put(Records.geo("1")));
            assertThat(a).gotDiscard().isOpen();
            room.tick();
            assertThat(a).wasClosedToComeBack();

            TestClient again = room.join("a");
            Assertions.assertThat(again.hydration().get("isReadonly")).isEqualTo(json("true"));
            room.tick();
            assertThat(again).isOpen();
        }

        @Test
        @DisplayName("that are given let a viewer edit")
        void given() {
            TestClient reader = room.client("reader").readonly().join();
            room.room().changeRights("reader", Rights.EDITOR);

            reader.push(Diffs.put(Records.geo("1")));

            assertThat(reader).gotCommit();
        }

        @Test
        @DisplayName("belong to the user: another one with the same session id does not get them")
        void otherUser() {
            room.client("s")
                    .visitor(new Visitor("s", Rights.VIEWER, "ann", "Ann", Long.MAX_VALUE))
                    .join();
            room.room().changeRights("s", Rights.EDITOR);

            TestClient bob = room.client("s")
                    .visitor(new Visitor("s", Rights.VIEWER, "bob", "Bob", Long.MAX_VALUE))
                    .join();

            Assertions.assertThat(bob.hydration().get("isReadonly")).isEqualTo(json("true"));
        }

        @Test
        @DisplayName("end when the permission expires: the client is refused with NOT_AUTHENTICATED")
        void expiry() {
            long end = room.now() + 5_000;
            TestClient a = room.client("a")
                    .visitor(new Visitor("a", Rights.EDITOR, "ann", null, end))
                    .join();

            room.advance(Duration.ofMillis(4_999));
            assertThat(a).isOpen();
            room.advance(Duration.ofMillis(1));
            assertThat(a).wasRefused(RefusalReason.NOT_AUTHENTICATED);
            assertThat(room).hasSessions();
        }
    }

    @Test
    @DisplayName("A session as it is seen from outside")
    void sessionInfo() {
        RoomFixture room = RoomFixture.create();
        room.client("a").open();
        room.client("b").protocol(6).readonly().join();
        room.join("c").disconnect();

        Assertions.assertThat(room.room().sessions())
                .extracting(SessionInfo::state)
                .containsExactly(
                        SessionInfo.State.AWAITING_CONNECT,
                        SessionInfo.State.CONNECTED,
                        SessionInfo.State.AWAITING_REMOVAL);
        SessionInfo b = room.room().sessions().get(1);
        Assertions.assertThat(b.protocol()).hasValue(6);
        Assertions.assertThat(b.migrationsBehind()).hasValue(0);
        Assertions.assertThat(b.rights().readonly()).isTrue();
        Assertions.assertThat(b.openedAt()).isEqualTo(room.now());
    }

    @Test
    @DisplayName("A room that is dissolved refuses everybody with the reason, old clients in their way [§7]")
    void dissolved() {
        RoomFixture room = RoomFixture.create();
        TestClient modern = room.join("modern");
        TestClient old = room.client("old").protocol(5).join();

        room.perform(room.room().dissolve(RefusalReason.NOT_FOUND, "deleted"));

        assertThat(modern).wasRefused(RefusalReason.NOT_FOUND);
        assertThat(old).gotIncompatibilityError("invalidOperation").wasClosedToComeBack();
    }
}
