package dev.drawbridge.simulation;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.room.DocumentChange;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.schema.SerializedSchema;
import dev.drawbridge.store.OpenedRoom;
import dev.drawbridge.store.Ownership;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One state of a room in a {@link SimulatedStore}.
 *
 * @param writtenBy the history of the store that took the last commit
 * @param lineage the clocks that it has been through
 * @param transactions how many the store has counted
 * @param clockFloor what the store remembers of deleted rooms
 * @param board the documents once more, parsed
 */
public record StoredRoom(
        long epoch,
        Optional<Ownership> owner,
        long writtenBy,
        long clock,
        long historyStartsAtClock,
        SerializedSchema schema,
        Map<String, StoredRecord> documents,
        Map<String, Long> tombstones,
        List<Clocks> lineage,
        long transactions,
        long clockFloor,
        Map<String, JsonObject> board) {
    /** No room in a simulation makes so many changes: it is a jump. */
    private static final long JUMP = 1 << 19;

    /** A range of clocks, both ends included. */
    public record Clocks(long first, long last) {

        public boolean has(long clock) {
            return clock >= first && clock <= last;
        }
    }

    public static StoredRoom none(long history) {
        return none(history, 0, 0);
    }

    private static StoredRoom none(long history, long transactions, long clockFloor) {
        return new StoredRoom(
                0,
                Optional.empty(),
                history,
                0,
                0,
                SerializedSchema.EARLIEST,
                Map.of(),
                Map.of(),
                List.of(),
                transactions,
                clockFloor,
                Map.of());
    }

    /** What is left of it in the store; when it may have lost commits, it had come further than is known. */
    public StoredRoom deleted(long history, boolean mayHaveLostCommits) {
        return none(
                history,
                transactions + 1,
                Math.max(clockFloor, clock + (mayHaveLostCommits ? OpenedRoom.MOST_LOST : 0)));
    }

    public StoredRoom ownedBy(@Nullable Ownership next) {
        return new StoredRoom(
                next == null ? epoch : next.epoch(),
                Optional.ofNullable(next),
                writtenBy,
                clock,
                historyStartsAtClock,
                schema,
                documents,
                tombstones,
                lineage,
                transactions,
                clockFloor,
                board);
    }

    /** What clocks a change takes it through: all of those in between, if it does not jump. */
    public Clocks clocksOf(DocumentChange change) {
        boolean jumps = clock == 0 || change.clock() - clock >= JUMP;
        return new Clocks(jumps ? change.clock() : clock, change.clock());
    }

    public StoredRoom after(DocumentChange change, long history) {
        Map<String, StoredRecord> nextDocuments = new LinkedHashMap<>(documents);
        Map<String, Long> nextTombstones = new LinkedHashMap<>(tombstones);
        Map<String, JsonObject> nextBoard = new TreeMap<>(board);
        for (StoredRecord put : change.puts()) {
            nextDocuments.put(put.id(), put);
            nextBoard.put(put.id(), parse(put));
        }
        change.tombstones().keySet().forEach(id -> {
            nextDocuments.remove(id);
            nextBoard.remove(id);
        });
        change.prunedTombstones().forEach(nextTombstones::remove);
        nextTombstones.putAll(change.tombstones());
        return new StoredRoom(
                epoch,
                owner,
                history,
                change.clock(),
                change.historyStartsAtClock(),
                change.schema(),
                nextDocuments,
                nextTombstones,
                Stream.concat(lineage.stream(), Stream.of(clocksOf(change))).toList(),
                transactions + 1,
                clockFloor,
                nextBoard);
    }

    public Optional<RoomSnapshot> snapshot() {
        return clock == 0
                ? Optional.empty()
                : Optional.of(new RoomSnapshot(
                        new ArrayList<>(documents.values()), tombstones, clock, historyStartsAtClock, schema));
    }

    @Override
    public String toString() {
        return "clock %d, written in history %d, owner %s"
                .formatted(clock, writtenBy, owner.map(Ownership::token).orElse("none"));
    }

    private static JsonObject parse(StoredRecord record) {
        try {
            return (JsonObject) Json.parse(record.json());
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
    }
}
