package dev.drawbridge.room;

import static dev.drawbridge.room.RoomAssertions.assertThat;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.schema.MigrationException;
import dev.drawbridge.schema.SerializedSchema;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Rooms that are loaded")
class LoadingTest {
    private static final long NOW = 1_764_000_000_000L;

    private final RoomLoader loader = new RoomLoader(
            Schemas.OURS,
            TldrawSchema.initialRecords(),
            RoomSettings.DEFAULT,
            () -> "p",
            () -> Instant.ofEpochMilli(NOW),
            new Random(1));

    @Nested
    @DisplayName("from a store")
    class FromStore {

        @Test
        @DisplayName("[§21.1] a new room has to be stored before anybody sees it")
        void fresh() throws Exception {
            RoomLoader.Loaded loaded = loader.load(Optional.empty(), false, 0);
            StoredRoom store = new StoredRoom();

            store.write(loaded.firstChange().orElseThrow());

            store.assertEquals(loaded.room().snapshot());
            Assertions.assertThat(store.clock()).isEqualTo(NOW);
        }

        @Test
        @DisplayName("[§21.1] a new room begins at the time of day, beyond whatever rooms of its name have reached")
        void firstClock() throws Exception {
            for (long floor : new long[] {0, 500, NOW - 1, NOW, NOW + 500}) {
                RoomFixture room = RoomFixture.of(
                        loader.load(Optional.empty(), false, floor).room().snapshot());
                long first = room.room().documentClock();

                Assertions.assertThat(first).isBetween(Math.max(NOW, floor + 1), Math.max(NOW, floor + (1 << 24)));
                assertThat(room).hasHistoryFrom(first);
                room.join("a").push(Diffs.put(Records.geo("1")));
                assertThat(room.client("away since an earlier room")
                                .lastServerClock(Math.max(floor, 1))
                                .join())
                        .isHydrated("wipe_all", first + 1)
                        .wasGivenOnly(Records.DOCUMENT_ID, Records.PAGE_ID, "shape:1");
            }
        }

        @Test
        @DisplayName("[§10] a stored room goes on where it was")
        void again() throws Exception {
            RoomSnapshot stored = RoomFixture.with(Records.geo("1")).snapshot();

            RoomLoader.Loaded loaded = loader.load(Optional.of(stored), false, 0);

            Assertions.assertThat(loaded.firstChange()).isEmpty();
            assertThat(RoomFixture.of(loaded.room().snapshot())).hasClock(2).holds(Records.geo("1"));
        }

        @Test
        @DisplayName("[§9] a room of an older schema is migrated; what changed by it has changed now")
        void migrated() throws Exception {
            RoomSnapshot stored =
                    old(Map.of("shape:x", 4L), Records.page(), withoutFlips(Records.geo("1")), Records.text("2"));
            StoredRoom store = new StoredRoom(stored);

            RoomLoader.Loaded loaded = loader.load(Optional.of(stored), false, 0);

            store.write(loaded.firstChange().orElseThrow());
            store.assertEquals(loaded.room().snapshot());
            RoomFixture room = RoomFixture.of(loaded.room().snapshot());
            assertThat(room)
                    .hasClock(8)
                    .holds(Records.page(), Records.geo("1"), Records.text("2"))
                    .lastChanged("shape:1", 8)
                    .lastChanged("shape:2", 7);
            assertThat(room.client("back").lastServerClock(7).join())
                    .isHydrated("wipe_presence", 8)
                    .wasGivenOnly("shape:1");
        }

        @Test
        @DisplayName("[§9] records that are not of document scope are dropped by a migration")
        void dropped() throws Exception {
            RoomSnapshot stored = old(Map.of(), Records.page(), Records.camera(), withoutFlips(Records.geo("1")));
            StoredRoom store = new StoredRoom(stored);

            RoomLoader.Loaded loaded = loader.load(Optional.of(stored), false, 0);

            store.write(loaded.firstChange().orElseThrow());
            store.assertEquals(loaded.room().snapshot());
            assertThat(RoomFixture.of(loaded.room().snapshot()))
                    .holdsOnly(Records.PAGE_ID, "shape:1")
                    .hasTombstones(Map.of("camera:page:page", 8L));
        }

        @Test
        @DisplayName("[§9] a room of a schema that we do not reach from is not loaded")
        void tooNew() {
            RoomSnapshot stored =
                    new RoomSnapshot(List.of(), Map.of(), 7, 1, Schemas.oursWith("com.tldraw.shape.geo", 99));

            Assertions.assertThatExceptionOfType(MigrationException.class)
                    .isThrownBy(() -> loader.load(Optional.of(stored), false, 0));
        }

        @Test
        @DisplayName(
                "[§11] the same state that comes back twice does not lead to the same clocks, even right after a jump")
        void twice() throws Exception {
            RoomSnapshot jumped = loader.load(
                            Optional.of(RoomFixture.with(Records.geo("1")).snapshot()), true, 0)
                    .room()
                    .snapshot();
            long first = loader.load(Optional.of(jumped), true, 0).room().documentClock();
            long second = loader.load(Optional.of(jumped), true, 0).room().documentClock();

            Assertions.assertThat(Math.abs(first - second)).isGreaterThan(1_000);
            Assertions.assertThat(Math.min(first, second)).isGreaterThan(jumped.documentClock() + (1 << 20) - 1);
        }

        @Test
        @DisplayName("[§11] when commits may be lost, whoever comes back starts anew, however far ahead it was")
        void mayHaveLostCommits() throws Exception {
            RoomSnapshot stored = RoomFixture.with(Records.geo("1")).snapshot();
            StoredRoom store = new StoredRoom(stored);

            RoomLoader.Loaded loaded = loader.load(Optional.of(stored), true, 0);

            store.write(loaded.firstChange().orElseThrow());
            store.assertEquals(loaded.room().snapshot());
            RoomFixture room = RoomFixture.of(loaded.room().snapshot());
            long clock = room.room().documentClock();
            assertThat(room).hasHistoryFrom(clock).hasTombstones(Map.of()).holds(Records.geo("1"));
            Assertions.assertThat(clock).isBetween(NOW + (1L << 20), NOW + (1L << 20) + (1L << 24));
            for (long seen : new long[] {1, 2, 3, 500_000, NOW, NOW + 500_000}) {
                assertThat(room.client("back").lastServerClock(seen).join())
                        .isHydrated("wipe_all", clock)
                        .wasGivenOnly(Records.DOCUMENT_ID, Records.PAGE_ID, "shape:1");
            }
        }
    }

    @Nested
    @DisplayName("[§17] new, with the content of a snapshot")
    class New {

        @Test
        @DisplayName("begin at the time of day; whoever knew an earlier room by the name is wiped")
        void begins() {
            RoomFixture room = begun(snapshot(Schemas.OURS.serialize(), Records.page(), Records.geo("1")), 0);

            assertThat(room).hasClock(NOW).hasHistoryFrom(NOW).hasTombstones(Map.of());
            assertThat(room.client("back").lastServerClock(7).join())
                    .isHydrated("wipe_all", NOW)
                    .wasGivenOnly(Records.PAGE_ID, "shape:1");
        }

        @Test
        @DisplayName("begin beyond the snapshot, whose room may have gone on elsewhere under a clock that is ahead")
        void beyondTheSnapshot() {
            RoomSnapshot ahead = new RoomSnapshot(
                    stored(Records.page()), Map.of("shape:x", NOW + 9), NOW + 9, 1, Schemas.OURS.serialize());

            RoomFixture room = begun(ahead, 0);
            Assertions.assertThat(room.room().documentClock()).isGreaterThan(NOW + 9);
            assertThat(room).hasHistoryFrom(room.room().documentClock());
        }

        @Test
        @DisplayName("begin beyond what deleted rooms have reached")
        void beyondTheFloor() {
            Assertions.assertThat(begun(snapshot(Schemas.OURS.serialize(), Records.page()), NOW + 500)
                            .room()
                            .documentClock())
                    .isGreaterThan(NOW + 500);
        }

        @Test
        @DisplayName("do not believe a clock that would leave them no numbers to count with")
        void beyondBelief() {
            long last = (1L << 53) - 1;
            RoomSnapshot absurd = new RoomSnapshot(
                    List.of(new StoredRecord(Records.PAGE_ID, Json.encode(Records.page()), last)),
                    Map.of(),
                    last,
                    last,
                    Schemas.OURS.serialize());

            assertThat(begun(absurd, 0)).hasClock(NOW).lastChanged(Records.PAGE_ID, NOW);
        }

        private RoomLoader.Loaded begin(RoomSnapshot content, long floor) {
            try {
                return loader.begin(FirstContent.of(content), floor);
            } catch (MigrationException e) {
                throw new AssertionError(e);
            }
        }

        private RoomFixture begun(RoomSnapshot content, long floor) {
            RoomLoader.Loaded loaded = begin(content, floor);
            StoredRoom store = new StoredRoom();
            store.write(loaded.firstChange().orElseThrow());
            store.assertEquals(loaded.room().snapshot());
            return RoomFixture.of(loaded.room().snapshot());
        }
    }

    @Nested
    @DisplayName("[§17] with a snapshot while they live")
    class Live {
        private final RoomFixture room = RoomFixture.with(Records.geo("1"), Records.geo("2"));
        private final TestClient a = room.join("a");

        @Test
        @DisplayName("[§17] unequal records are put, absent ones deleted, and clients get it as one patch")
        void difference() throws Exception {
            JsonObject moved = Records.with(Records.geo("1"), "x", "5");

            room.perform(room.room()
                    .load(
                            snapshot(
                                    Schemas.OURS.serialize(),
                                    Records.document(),
                                    Records.page(),
                                    moved,
                                    Records.text("3")),
                            false));

            assertThat(a)
                    .gotPatch(Diffs.all(
                            Diffs.patch("shape:1", "{'x':['put',5]}"),
                            Diffs.put(Records.text("3")),
                            Diffs.remove("shape:2")))
                    .atClock(3)
                    .gotNothing()
                    .isOpen();
            assertThat(room)
                    .hasClock(3)
                    .holdsOnly(Records.DOCUMENT_ID, Records.PAGE_ID, "shape:1", "shape:3")
                    .hasTombstones(Map.of("shape:2", 3L));
        }

        @Test
        @DisplayName("[§17] an equal snapshot changes nothing")
        void equal() throws Exception {
            room.perform(room.room().load(room.snapshot(), false));

            assertThat(a).gotNothing();
            assertThat(room).hasClock(2);
        }

        @Test
        @DisplayName("[§17] [§9] an older snapshot is migrated")
        void migrated() throws Exception {
            room.perform(room.room()
                    .load(
                            snapshot(
                                    Schemas.V5_2_4,
                                    Records.document(),
                                    Records.page(),
                                    withoutFlips(Records.with(Records.geo("1"), "x", "5")),
                                    withoutFlips(Records.geo("2"))),
                            false));

            assertThat(a).gotPatch(Diffs.patch("shape:1", "{'x':['put',5]}")).gotNothing();
        }

        @Test
        @DisplayName("[§17] a snapshot that cannot be migrated changes nothing")
        void tooNew() {
            RoomSnapshot snapshot = snapshot(Schemas.oursWith("com.tldraw.page", 99), Records.page("x"));

            Assertions.assertThatExceptionOfType(MigrationException.class)
                    .isThrownBy(() -> room.room().load(snapshot, false));

            assertThat(a).gotNothing();
            assertThat(room).hasClock(2).holds(Records.geo("1"));
        }

        @Test
        @DisplayName("[§12.3] what a snapshot brought is validated when it changes, in full")
        void invalidLater() throws Exception {
            JsonObject invalid = Records.withProp(Records.geo("1"), "color", "'mauve'");
            room.perform(room.room().load(snapshot(Schemas.OURS.serialize(), Records.page(), invalid), false));
            a.forget();

            a.push(Diffs.patch("shape:1", "{'x':['put',5]}"));

            assertThat(a).wasRefused(RefusalReason.INVALID_RECORD);
        }

        @Test
        @DisplayName("[§17] [§21.17] of a large one each record is told whole, and only records that differ")
        void large() throws Exception {
            JsonObject moved = large(Records.with(Records.geo("1"), "x", "5"));
            a.forget();

            room.perform(room.room()
                    .load(snapshot(Schemas.OURS.serialize(), Records.document(), Records.page(), moved), false));

            assertThat(a)
                    .gotPatch(Diffs.all(Diffs.put(moved), Diffs.remove("shape:2")))
                    .atClock(3)
                    .gotNothing()
                    .isOpen();
            assertThat(room)
                    .hasClock(3)
                    .holds(moved)
                    .holdsOnly(Records.DOCUMENT_ID, Records.PAGE_ID, "shape:1")
                    .hasTombstones(Map.of("shape:2", 3L));
            a.push(Diffs.patch("shape:1", "{'x':['put',6]}"));
            assertThat(a).gotCommit().gotNothing();
        }

        @Test
        @DisplayName("[§17] [§21.17] whose client needs a large one translated comes again for it")
        void largeForOlder() throws Exception {
            TestClient older = room.client("b").schema(Schemas.V5_2_4).join();
            JsonObject moved = large(Records.with(Records.geo("1"), "x", "5"));

            room.perform(room.room()
                    .load(snapshot(Schemas.OURS.serialize(), Records.document(), Records.page(), moved), false));

            assertThat(older).wasClosedToComeBack();
            assertThat(a).gotPatch(Diffs.all(Diffs.put(moved), Diffs.remove("shape:2")));
            TestClient again =
                    room.client("b").schema(Schemas.V5_2_4).lastServerClock(2).join();
            assertThat(again).wasGivenOnly("shape:1").wasToldToForgetOnly("shape:2");
        }

        private static JsonObject large(JsonObject record) {
            return Records.with(record, "meta", "{'note':'" + "n".repeat(300 << 10) + "'}");
        }

        @Test
        @DisplayName("[§17] a closed room loads nothing")
        void closed() {
            room.perform(room.room().close("closed"));
            RoomSnapshot same = room.snapshot();

            Assertions.assertThatIllegalStateException()
                    .isThrownBy(() -> room.room().load(same, false));
        }
    }

    private static RoomSnapshot old(Map<String, Long> tombstones, JsonObject... records) {
        return new RoomSnapshot(stored(records), tombstones, 7, 1, Schemas.V5_2_4);
    }

    private static RoomSnapshot snapshot(SerializedSchema schema, JsonObject... records) {
        return new RoomSnapshot(stored(records), Map.of(), 7, 7, schema);
    }

    private static List<StoredRecord> stored(JsonObject... records) {
        return Stream.of(records)
                .map(record -> new StoredRecord(Records.idOf(record), Json.encode(record), 7))
                .toList();
    }

    private static JsonObject withoutFlips(JsonObject geo) {
        return Records.withoutProp(Records.withoutProp(geo, "flipX"), "flipY");
    }
}
