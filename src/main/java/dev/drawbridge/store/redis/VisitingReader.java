package dev.drawbridge.store.redis;

import dev.drawbridge.redis.Waiting;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.store.Admission;
import dev.drawbridge.store.NotAdmittedException;
import dev.drawbridge.store.RecordGatherer;
import dev.drawbridge.store.RecordRange;
import dev.drawbridge.store.RoomExcerpt;
import dev.drawbridge.store.StoreException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Reads rooms that others may own and write meanwhile. A small room is one answer of one script. A large one is read in
 * pieces, which belong together when the room is the same before and behind them; when it is not, it is read again. One that
 * never stands still is one answer in the end, however large: that holds Redis up for as long as it takes to write it down,
 * once, and it comes to an end. Waits for Redis: to be run on a thread that may.
 */
final class VisitingReader {
    /** What Redis writes down within a millisecond or two. */
    private static final Most SMALL = new Most(1 << 20, 2_000);

    private static final Most NOTHING = new Most(-1, -1);
    private static final Most ANY = new Most(1L << 52, 1L << 52);

    private static final int ATTEMPTS_IN_PIECES = 3;

    private final RedisClusterAsyncCommands<byte[], byte[]> redis;
    private final RoomKeys keys;
    private final RoomPieces pieces;

    VisitingReader(RedisClusterAsyncCommands<byte[], byte[]> redis, RoomKeys keys) {
        this.redis = redis;
        this.keys = keys;
        this.pieces = new RoomPieces(redis, keys);
    }

    /** How much may be answered at once. */
    private record Most(long bytes, long parts) {}

    /** What is made of a room; a new one for each time that it is read. */
    private interface Sketch<T> extends Consumer<StoredRecord> {

        /** Whether the tombstones are of any use to it. */
        boolean hasTombstones();

        T finished(StoredState room, Map<String, Long> tombstones);
    }

    Optional<RoomSnapshot> read(String roomId, Admission admission) {
        return read(roomId, admission, WholeRoom::new);
    }

    Optional<RoomExcerpt> readRecords(String roomId, RecordRange range) {
        return read(roomId, Admission.ANY, () -> new Page(new RecordGatherer(range)));
    }

    private <T> Optional<T> read(String roomId, Admission admission, Supplier<Sketch<T>> sketches) {
        for (int attempt = 1; attempt <= ATTEMPTS_IN_PIECES; attempt++) {
            Answer first = look(roomId, SMALL);
            if (first.room().isEmpty()) {
                return Optional.empty();
            }
            StoredState room = first.room().get();
            admit(roomId, admission, room);
            Sketch<T> sketch = sketches.get();
            if (first.isWhole()) {
                return Optional.of(first.drawOn(sketch));
            }
            pieces.records(roomId, sketch);
            Map<String, Long> tombstones = sketch.hasTombstones() ? pieces.tombstones(roomId) : Map.of();
            if (look(roomId, NOTHING).room().equals(first.room())) {
                return Optional.of(sketch.finished(room, tombstones));
            }
        }
        Answer last = look(roomId, ANY);
        last.room().ifPresent(room -> admit(roomId, admission, room));
        return last.room().map(room -> last.drawOn(sketches.get()));
    }

    private static void admit(String roomId, Admission admission, StoredState room) {
        if (!admission.admits(room.size())) {
            throw new NotAdmittedException(roomId, room.size());
        }
    }

    /** @param parts records and tombstones, each a name and a value; none when there is too much */
    private record Answer(Optional<StoredState> room, List<List<?>> parts) {

        static Answer read(List<?> answer) {
            if (answer.size() == 1) {
                return new Answer(Optional.empty(), List.of());
            }
            List<List<?>> lists = answer.subList(1, answer.size()).stream()
                    .<List<?>>map(list -> (List<?>) list)
                    .toList();
            return new Answer(Optional.of(StoredState.read(lists.getFirst())), lists.subList(1, lists.size()));
        }

        boolean isWhole() {
            return !parts.isEmpty();
        }

        <T> T drawOn(Sketch<T> sketch) {
            List<?> documents = parts.getFirst();
            for (int i = 0; i < documents.size(); i += 2) {
                sketch.accept(
                        DocumentValue.read(RoomPieces.id((byte[]) documents.get(i)), (byte[]) documents.get(i + 1)));
            }
            Map<String, Long> tombstones = new LinkedHashMap<>();
            List<?> deleted = parts.getLast();
            for (int i = 0; i < deleted.size(); i += 2) {
                String clock = new String((byte[]) deleted.get(i + 1), StandardCharsets.UTF_8);
                tombstones.put(RoomPieces.id((byte[]) deleted.get(i)), Long.parseLong(clock));
            }
            return sketch.finished(room.orElseThrow(), tombstones);
        }
    }

    private Answer look(String roomId, Most most) {
        return Answer.read(Waiting.on(RoomScripts.READ.answer(
                redis,
                keys.of(roomId),
                Long.toString(most.bytes).getBytes(StandardCharsets.UTF_8),
                Long.toString(most.parts).getBytes(StandardCharsets.UTF_8))));
    }

    private static final class WholeRoom implements Sketch<RoomSnapshot> {
        private final Map<String, StoredRecord> documents = new LinkedHashMap<>();

        @Override
        public void accept(StoredRecord record) {
            documents.put(record.id(), record);
        }

        @Override
        public boolean hasTombstones() {
            return true;
        }

        @Override
        public RoomSnapshot finished(StoredState room, Map<String, Long> tombstones) {
            if (documents.size() != room.documents() || tombstones.size() != room.tombstones()) {
                throw new StoreException("only " + documents.size() + " of " + room.documents() + " records and "
                        + tombstones.size() + " of " + room.tombstones() + " tombstones were found");
            }
            return new RoomSnapshot(
                    List.copyOf(documents.values()), tombstones, room.clock(), room.historyStartsAt(), room.schema());
        }
    }

    private static final class Page implements Sketch<RoomExcerpt> {
        private final RecordGatherer gatherer;
        private int seen;

        Page(RecordGatherer gatherer) {
            this.gatherer = gatherer;
        }

        @Override
        public void accept(StoredRecord record) {
            seen++;
            gatherer.offer(record);
        }

        @Override
        public boolean hasTombstones() {
            return false;
        }

        @Override
        public RoomExcerpt finished(StoredState room, Map<String, Long> tombstones) {
            if (seen < room.documents()) {
                throw new StoreException("only " + seen + " of " + room.documents() + " records were found");
            }
            return gatherer.excerpt(room.clock(), room.schema());
        }
    }
}
