package dev.drawbridge.room;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.schema.SerializedSchema;
import java.util.List;
import java.util.Map;
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
     * A new room. Its clock and its history start at 1, not at 0 as in the reference, so that clients of every generation
     * are given the first records (§21.1).
     */
    public static RoomSnapshot initial(List<JsonObject> records, SerializedSchema schema) {
        List<StoredRecord> documents = records.stream()
                .map(record -> new StoredRecord(idOf(record), Json.encode(record), 1))
                .toList();
        return new RoomSnapshot(documents, Map.of(), 1, 1, schema);
    }

    /** The same documents, at a later clock before which nothing is known: whoever was here before is wiped (§11). */
    RoomSnapshot withNewHistory(long clock) {
        return new RoomSnapshot(documents, Map.of(), clock, clock, schema);
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
