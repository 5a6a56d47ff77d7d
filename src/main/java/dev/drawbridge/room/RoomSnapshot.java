package dev.drawbridge.room;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.schema.SerializedSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Everything of a room that outlives its sessions (§17).
 *
 * @param tombstones the deletions that are remembered, each with its clock
 * @param tombstoneHistoryStartsAtClock nothing is known of deletions before this clock
 * @param schema the version that the documents are written in
 */
public record RoomSnapshot(
        List<StoredRecord> documents,
        Map<String, Long> tombstones,
        long documentClock,
        long tombstoneHistoryStartsAtClock,
        SerializedSchema schema) {

    /**
     * A new room. Its history starts at its first clock, so that clients of every generation are given the first records
     * (§21.1).
     *
     * @param firstClock at least 1, and where no earlier room of this name can have been
     */
    public static RoomSnapshot initial(List<JsonObject> records, SerializedSchema schema, long firstClock) {
        List<StoredRecord> documents = records.stream()
                .map(record -> new StoredRecord(idOf(record), Json.encode(record), firstClock))
                .toList();
        return new RoomSnapshot(documents, Map.of(), firstClock, firstClock, schema);
    }

    /**
     * What was found of a room, put right (§17): its clock is no smaller than that of anything in it, its history does not
     * begin after it, and what is there has not been deleted.
     */
    public static RoomSnapshot found(
            List<StoredRecord> documents,
            Map<String, Long> tombstones,
            long documentClock,
            OptionalLong historyStart,
            SerializedSchema schema) {
        long last = documentClock;
        for (StoredRecord record : documents) {
            last = Math.max(last, record.lastChangedClock());
        }
        for (long deletedAt : tombstones.values()) {
            last = Math.max(last, deletedAt);
        }
        Map<String, Long> deleted = new LinkedHashMap<>(tombstones);
        // A client that is told that it is there and that it is gone would forget it.
        documents.forEach(record -> deleted.remove(record.id()));
        long start = Math.min(historyStart.orElse(last), last);
        return new RoomSnapshot(List.copyOf(documents), start == last ? Map.of() : deleted, last, start, schema);
    }

    /**
     * The same documents at a clock of ours, far beyond those of the server that has counted so far; its clients may go on
     * from what they have seen of it (§21.21).
     *
     * @param foreign where that server has left off, and we begin
     */
    RoomSnapshot takenOver(ForeignClocks foreign) {
        Map<String, Long> marked = new LinkedHashMap<>();
        tombstones.forEach((id, deletedAt) -> {
            if (!ForeignClocks.isMark(id)) {
                marked.put(id, deletedAt);
            }
        });
        marked.put(foreign.mark(), foreign.first());
        // A client that has reset itself names clock 0, and has seen nothing (§11).
        long start = Math.max(1, tombstoneHistoryStartsAtClock);
        return new RoomSnapshot(documents, marked, foreign.first(), start, schema);
    }

    /** The same documents, at a clock before which nothing is known: whoever was here before is wiped (§11). */
    RoomSnapshot withNewHistory(long clock) {
        List<StoredRecord> known = documents.stream()
                .map(record -> record.lastChangedClock() <= clock
                        ? record
                        : new StoredRecord(record.id(), record.json(), clock))
                .toList();
        return new RoomSnapshot(known, Map.of(), clock, clock, schema);
    }

    /** What a store that has nothing of this room has to write. */
    public DocumentChange asFirstChange() {
        return new DocumentChange(
                0, documentClock, tombstoneHistoryStartsAtClock, schema, documents, tombstones, Set.of(), size());
    }

    /** How large the documents are. */
    public DocumentSize size() {
        return DocumentSize.of(documents);
    }

    private static String idOf(JsonObject record) {
        String id = record.string("id");
        if (id == null) {
            throw new IllegalArgumentException("a record without an id");
        }
        return id;
    }
}
