package dev.drawbridge.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.protocol.ClientMessage;
import dev.drawbridge.protocol.ConnectResponse;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("[issue 10.6] [issue 10.7] what is done for one does not grow with how many are there")
class CostTest {
    private static final long NOW = 0;

    private final Room room = room(RoomSnapshot.initial(TldrawSchema.initialRecords(), Schemas.OURS.serialize(), 1));

    private record Socket(String name) implements Connection {}

    @Nested
    class Joins {

        @Test
        @DisplayName("the last of 2,000 joins costs what the first ones did")
        void constant() {
            joins("warm", 100);
            long early = Allocations.of(() -> joins("early", 100));
            joins("middle", 1_700);
            long late = Allocations.of(() -> joins("late", 100));

            assertThat(late).isLessThan(early + early / 2);
        }

        @Test
        @DisplayName("and so it is when each has a presence, but for the references to the others'")
        void withPresences() {
            joinsWithPresence("warm", 100);
            long early = Allocations.of(() -> joinsWithPresence("early", 20));
            joinsWithPresence("middle", 1_860);
            long late = Allocations.of(() -> joinsWithPresence("late", 20));

            // A dozen references for each of 2,000 others: in the answer, and twice where they are told.
            assertThat(late - early).isLessThan(20L * 2_000 * 12 * 8);
        }

        @Test
        @DisplayName("presences are encoded when they change, not when somebody joins")
        void presencesAreShared() {
            joinsWithPresence("a", 1);

            List<ConnectResponse> answers = List.of(join("b"), join("c"));

            assertThat(answers.getFirst().encode().whole())
                    .isEqualTo(answers.getLast().encode().whole());
            assertThat(room.presenceBytes())
                    .isEqualTo(
                            Json.encode(Records.with(Records.presence("a0"), "id", "'instance_presence:p1'")).length);
        }
    }

    @Nested
    @DisplayName("[issue 10.3] hydration")
    class Hydrations {

        @Test
        @DisplayName("twenty slow readers of a large room hold references to its records, not copies")
        void references() {
            Room large = room(content(300, 100_000));
            join(large, "first");

            List<ConnectResponse> answers = new ArrayList<>();
            long cost = Allocations.of(() -> {
                for (int i = 0; i < 20; i++) {
                    answers.add(join(large, "reader" + i));
                }
            });

            assertThat(large.size().bytes()).isGreaterThan(30_000_000);
            assertThat(cost).as("bytes for twenty answers of 30 MB").isLessThan(2_000_000);
            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.encode().length()).isGreaterThan(30_000_000));
        }

        @Test
        @DisplayName("and walking over it makes little that was not there before")
        void walking() {
            Room large = room(content(300, 100_000));
            ConnectResponse answer = join(large, "reader");
            long[] sum = {0};

            long cost = Allocations.of(() -> {
                for (Iterator<byte[]> slices = answer.encode().slices(); slices.hasNext(); ) {
                    sum[0] += slices.next().length;
                }
            });

            assertThat(sum[0]).isEqualTo(answer.encode().length());
            assertThat(cost).isLessThan(10_000_000);
        }

        @Test
        @DisplayName("it is known how long it is, whatever the ids are like")
        void length() {
            List<StoredRecord> records = new ArrayList<>();
            for (String id : List.of(
                    "shape:a", "shape:\"", "shape:\\", "shape:é", "shape:\ud83d\ude00", "shape:\ud800\u0001\u2028")) {
                JsonObject record = JsonObject.of("id", new JsonString(id));
                records.add(new StoredRecord(id, Json.encode(record), 1));
            }
            Room odd = room(new RoomSnapshot(records, Map.of("x\ny", 1L), 1, 0, Schemas.OURS.serialize()));

            ConnectResponse answer = join(odd, "reader");

            assertThat((long) answer.encode().whole().length)
                    .isEqualTo(answer.encode().length());
        }
    }

    @Nested
    @DisplayName("who reads the records of an open room")
    class Reads {

        @Test
        @DisplayName(
                "costs its thread a reference to each, once for all who ask before the next change; no byte is copied")
        void references() {
            int count = 20_000;
            Room large = room(content(count, 1_000));
            join(large, "a");

            long first = Allocations.of(large::records);
            long second = Allocations.of(large::records);

            assertThat(large.records()).hasSize(count);
            assertThat(large.records().stream()
                            .filter(record -> large.record(record.id()).orElseThrow() != record))
                    .isEmpty();
            assertThat(first).as("bytes for so many references, twice").isLessThan(count * 3L * 8);
            assertThat(second).as("bytes when nothing has changed").isLessThan(1_000);
        }
    }

    @Nested
    class Pushes {

        @Test
        @DisplayName("one push of ten times as many puts costs ten times as much")
        void puts() {
            linear(count -> {
                JsonObject.Builder diff = JsonObject.builder();
                for (int i = 0; i < count; i++) {
                    JsonObject record = Records.user("u" + i);
                    diff.put(Records.idOf(record), Diffs.putOp(record));
                }
                return diff.build();
            });
        }

        @Test
        @DisplayName("and so do removes")
        void removes() {
            Room large = room(content(22_000, 1));
            join(large, "a");
            JsonObject few = removes(0, 1_000);
            JsonObject many = removes(2_000, 20_000);
            push(large, "a", removes(1_000, 1_000));

            long cheap = Allocations.of(() -> push(large, "a", few));
            long dear = Allocations.of(() -> push(large, "a", many));

            assertThat(dear).isLessThan(30 * cheap);
        }

        private void linear(IntFunction<JsonObject> diff) {
            JsonObject few = diff.apply(1_000);
            JsonObject many = diff.apply(10_000);
            long cheap = pushed(few);
            long dear = pushed(many);

            assertThat(dear).isLessThan(15 * cheap);
        }

        private long pushed(JsonObject diff) {
            Room fresh = room(RoomSnapshot.initial(TldrawSchema.initialRecords(), Schemas.OURS.serialize(), 1));
            join(fresh, "a");
            join(fresh, "b");
            return Allocations.of(() -> push(fresh, "a", diff));
        }

        private static JsonObject removes(int from, int count) {
            String[] ids = new String[count];
            for (int i = 0; i < count; i++) {
                ids[i] = "shape:" + (from + i);
            }
            return Diffs.remove(ids);
        }
    }

    @Test
    @DisplayName("[issue 10.6] to gather changes for the store costs what each of them has")
    void gathering() {
        long cheap = Allocations.of(() -> gather(1_000));
        long dear = Allocations.of(() -> gather(10_000));

        assertThat(dear).isLessThan(15 * cheap);
    }

    private static void gather(int count) {
        ChangeBatch changes = new ChangeBatch(create(0));
        for (int i = 1; i < count; i++) {
            changes.add(create(i));
        }
        assertThat(changes.toChange().puts()).hasSize(count);
        assertThat(changes.bytes()).isEqualTo(changes.toChange().bytesPut());
    }

    private static DocumentChange create(int number) {
        StoredRecord record = new StoredRecord("shape:" + number, new byte[10], number + 1L);
        return new DocumentChange(
                number,
                number + 1L,
                0,
                Schemas.OURS.serialize(),
                List.of(record),
                Map.of(),
                Set.of(record.id()),
                new DocumentSize(number + 1, 10L * number));
    }

    @Test
    @DisplayName("[§15] when many are removed at once the others are told once")
    void manyRemovals() {
        joinsWithPresence("stays", 1);
        joinsWithPresence("goes", 500);
        for (int i = 0; i < 500; i++) {
            room.lose(new Socket("goes" + i), "gone", NOW);
        }

        List<Effect> effects = room.tick(NOW + 6_000, NOW);

        assertThat(effects).filteredOn(Effect.Broadcast.class::isInstance).hasSize(1);
        assertThat(effects).filteredOn(Effect.SessionRemoved.class::isInstance).hasSize(500);
    }

    @Test
    @DisplayName("[§10] forgetting old deletions costs what is forgotten")
    void tombstones() {
        long cheap = Allocations.of(() -> tombstones(10_000).tick(NOW, NOW));
        long dear = Allocations.of(() -> tombstones(100_000).tick(NOW, NOW));

        assertThat(dear).isLessThan(15 * cheap);
    }

    private static Room tombstones(int count) {
        Map<String, Long> tombstones = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            tombstones.put("shape:" + i, (long) i + 1);
        }
        return room(new RoomSnapshot(List.of(), tombstones, count + 1L, 0, Schemas.OURS.serialize()));
    }

    private void joins(String name, int count) {
        for (int i = 0; i < count; i++) {
            join(name + i);
        }
    }

    private void joinsWithPresence(String name, int count) {
        for (int i = 0; i < count; i++) {
            join(name + i);
            room.receive(
                    new Socket(name + i),
                    new ClientMessage.Push(JsonNumber.of(1), null, Diffs.putOp(Records.presence(name + i))),
                    100,
                    NOW);
        }
    }

    private ConnectResponse join(String name) {
        return join(room, name);
    }

    private static ConnectResponse join(Room room, String name) {
        Socket socket = new Socket(name);
        room.open(socket, Visitor.unknown(name, false), NOW);
        Effect.Send send = (Effect.Send) room.receive(
                        socket,
                        new ClientMessage.Connect(
                                null, JsonNumber.of(8), Schemas.OURS.serialize().json(), JsonNumber.of(-1)),
                        100,
                        NOW)
                .getFirst();
        return (ConnectResponse) send.message();
    }

    private static void push(Room room, String name, JsonObject diff) {
        List<Effect> effects =
                room.receive(new Socket(name), new ClientMessage.Push(JsonNumber.of(1), diff, null), 100, NOW);
        assertThat(effects).hasAtLeastOneElementOfType(Effect.Changed.class);
    }

    private static RoomSnapshot content(int records, int length) {
        List<StoredRecord> documents = new ArrayList<>();
        String text = "'" + "x".repeat(length) + "'";
        for (int i = 0; i < records; i++) {
            JsonObject record = Records.withMeta(Records.geo(String.valueOf(i)), text);
            documents.add(new StoredRecord(Records.idOf(record), Json.encode(record), 1));
        }
        return new RoomSnapshot(documents, Map.of(), 1, 1, Schemas.OURS.serialize());
    }

    private static Room room(RoomSnapshot snapshot) {
        int[] presences = {0};
        return new Room(snapshot, Schemas.OURS, RoomSettings.DEFAULT, () -> "p" + ++presences[0]);
    }
}
