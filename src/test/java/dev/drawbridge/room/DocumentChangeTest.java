package dev.drawbridge.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.drawbridge.json.Seeds;
import dev.drawbridge.protocol.Limits;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("What a store is told of a room")
class DocumentChangeTest {

    @Nested
    @DisplayName("Two changes as one")
    class Then {
        private final RoomFixture room = RoomFixture.create(new RoomSettings(
                Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(5), 3, 1, Limits.NONE));

        @Test
        @DisplayName("go from the first clock to the last one")
        void clocks() {
            DocumentChange both = merged(
                    () -> room.update(update -> update.put(Records.geo("1"))),
                    () -> room.update(update -> update.put(Records.geo("2"))));

            assertThat(both.previousClock()).isEqualTo(1);
            assertThat(both.clock()).isEqualTo(3);
            assertThat(both.puts()).extracting(StoredRecord::id).containsExactly("shape:1", "shape:2");
        }

        @Test
        @DisplayName("put a record once, as it is in the end")
        void lastPut() {
            DocumentChange both = merged(
                    () -> room.update(update -> update.put(Records.geo("1"))),
                    () -> room.update(update -> update.put(Records.with(Records.geo("1"), "x", "5"))));

            assertThat(both.puts()).singleElement().satisfies(put -> {
                assertThat(put.lastChangedClock()).isEqualTo(3);
                assertThat(ParsedRecords.parse(put)).isEqualTo(Records.with(Records.geo("1"), "x", "5"));
            });
            assertThat(both.bytesPut()).isEqualTo(both.puts().getFirst().json().length);
        }

        @Test
        @DisplayName("do not put what was deleted again")
        void putAndDeleted() {
            DocumentChange both = merged(
                    () -> room.update(update -> update.put(Records.geo("1"))),
                    () -> room.update(update -> update.delete("shape:1")));

            assertThat(both.puts()).isEmpty();
            assertThat(both.tombstones()).isEqualTo(Map.of("shape:1", 3L));
        }

        @Test
        @DisplayName("do not bury what is back")
        void deletedAndPut() {
            DocumentChange both = merged(
                    () -> room.update(update -> update.delete(Records.PAGE_ID)),
                    () -> room.update(update -> update.put(Records.page())));

            assertThat(both.puts()).extracting(StoredRecord::id).containsExactly(Records.PAGE_ID);
            assertThat(both.tombstones()).isEmpty();
            assertThat(both.prunedTombstones()).isEqualTo(Set.of(Records.PAGE_ID));
        }

        @Test
        @DisplayName("delete a record whose tombstone is forgotten before its deletion is stored")
        void deletedAndForgotten() {
            room.update(update -> {
                for (int i = 1; i <= 4; i++) {
                    update.put(Records.geo("" + i));
                }
            });
            StoredRoom store = new StoredRoom(room.snapshot());

            store.write(merged(
                    () -> room.update(update -> {
                        for (int i = 1; i <= 4; i++) {
                            update.delete("shape:" + i);
                        }
                    }),
                    room::tick));

            RoomAssertions.assertThat(room).hasTombstones(Map.of());
            store.assertServesLike(room.snapshot());
        }

        @Test
        @DisplayName("must follow each other")
        void gap() {
            room.update(update -> update.put(Records.geo("1")));
            room.update(update -> update.put(Records.geo("2")));
            List<DocumentChange> changes = room.changes();

            assertThatIllegalArgumentException().isThrownBy(() -> changes.get(1).then(changes.get(0)));
        }

        private DocumentChange merged(Runnable first, Runnable second) {
            first.run();
            DocumentChange one = room.changes().getLast();
            second.run();
            return one.then(room.changes().getLast());
        }
    }

    @Test
    @DisplayName("[§17] the first change of a room is all of it")
    void first() {
        RoomSnapshot initial = RoomSnapshot.initial(TldrawSchema.initialRecords(), Schemas.OURS.serialize(), 1);
        StoredRoom store = new StoredRoom();

        store.write(initial.asFirstChange());

        store.assertEquals(initial);
    }

    @Test
    @DisplayName(
            "[§17] however changes are gathered into batches, the store serves like the room, and again when loaded")
    void anyBatches() {
        Seeds.check(300, DocumentChangeTest::gatherAndLoad);
    }

    @Test
    @DisplayName("[§17] a deletion and the forgetting of its tombstone in one batch: the record came back when loaded")
    void seed562473356() {
        Seeds.checkOne(562473356, DocumentChangeTest::gatherAndLoad);
    }

    private static void gatherAndLoad(RandomGenerator random) {
        RoomFixture room = RoomFixture.create(new RoomSettings(
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                Duration.ofSeconds(5),
                3,
                random.nextInt(3),
                Limits.NONE));
        StoredRoom store = new StoredRoom(room.snapshot());
        for (int load = 0; load < 3; load++) {
            store.writeAll(batches(history(room, random), random));
            store.assertServesLike(room.snapshot());
            room = RoomFixture.of(
                    store.snapshot(),
                    new RoomSettings(
                            Duration.ofSeconds(10),
                            Duration.ofSeconds(20),
                            Duration.ofSeconds(5),
                            3,
                            random.nextInt(3),
                            Limits.NONE));
        }
    }

    /** Changes of few records, so that they come and go often. */
    private static List<DocumentChange> history(RoomFixture room, RandomGenerator random) {
        for (int i = 0; i < 25; i++) {
            room.update(update -> {
                for (int edits = random.nextInt(3); edits >= 0; edits--) {
                    String name = "" + random.nextInt(8);
                    if (random.nextBoolean()) {
                        update.put(Records.with(Records.frame(name), "x", "" + random.nextInt(3)));
                    } else {
                        update.delete("shape:" + name);
                    }
                }
            });
            if (random.nextInt(3) == 0) {
                room.tick();
            }
        }
        return room.changes();
    }

    private static List<DocumentChange> batches(List<DocumentChange> changes, RandomGenerator random) {
        List<DocumentChange> batches = new ArrayList<>();
        for (DocumentChange change : changes) {
            if (batches.isEmpty() || random.nextInt(4) == 0) {
                batches.add(change);
            } else {
                batches.add(batches.removeLast().then(change));
            }
        }
        return batches;
    }
}
