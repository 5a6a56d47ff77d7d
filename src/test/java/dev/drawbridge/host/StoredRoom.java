package dev.drawbridge.host;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.room.DocumentChange;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.schema.SerializedSchema;
import dev.drawbridge.store.Ownership;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One state of a room in a {@link SimulatedStore}.
 *
 * @param writtenBy the run of the store that took the last commit
 * @param board the documents once more, parsed
 */
record StoredRoom(
        long epoch,
        Optional<Ownership> owner,
        long writtenBy,
        long clock,
        long historyStartsAtClock,
        SerializedSchema schema,
        Map<String, StoredRecord> documents,
        Map<String, Long> tombstones,
        Map<String, JsonObject> board) {

    static StoredRoom none(long run) {
        return new StoredRoom(0, Optional.empty(), run, 0, 0, SerializedSchema.EARLIEST, Map.of(), Map.of(), Map.of());
    }

    StoredRoom ownedBy(@Nullable Ownership next) {
        return new StoredRoom(
                next == null ? epoch : next.epoch(),
                Optional.ofNullable(next),
                writtenBy,
                clock,
                historyStartsAtClock,
                schema,
                documents,
                tombstones,
                board);
    }

    StoredRoom after(DocumentChange change, long run) {
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
                run,
                change.clock(),
                change.historyStartsAtClock(),
                change.schema(),
                nextDocuments,
                nextTombstones,
                nextBoard);
    }

    Optional<RoomSnapshot> snapshot() {
        return clock == 0
                ? Optional.empty()
                : Optional.of(new RoomSnapshot(
                        new ArrayList<>(documents.values()), tombstones, clock, historyStartsAtClock, schema));
    }

    @Override
    public String toString() {
        return "clock %d, written by run %d, owner %s"
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
