package dev.drawbridge.web.admin;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.room.StoredRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which records of a room are asked for, in the order of their ids.
 *
 * @param after the last id of the page before
 * @param limit the most records on the page, at least 1
 */
record RecordQuery(Optional<String> typeName, Optional<String> after, int limit) {

    /** Reads no more records than it takes to fill the page and to know whether there is another. */
    RecordsBody page(RoomSnapshot snapshot) {
        List<JsonObject> found = snapshot.documents().stream()
                .filter(record -> after.isEmpty() || record.id().compareTo(after.orElseThrow()) > 0)
                .sorted(Comparator.comparing(StoredRecord::id))
                .map(RecordQuery::parse)
                .filter(record -> typeName.isEmpty() || typeName.orElseThrow().equals(record.string("typeName")))
                .limit(limit + 1L)
                .toList();
        boolean more = found.size() > limit;
        List<JsonObject> records = more ? found.subList(0, limit) : found;
        return new RecordsBody(records, snapshot.documentClock(), more ? Cursor.after(idOf(records.getLast())) : null);
    }

    static JsonObject parse(StoredRecord record) {
        try {
            return (JsonObject) Json.parse(record.json());
        } catch (JsonException | ClassCastException e) {
            throw new IllegalStateException("the record " + record.id() + " is damaged", e);
        }
    }

    private static String idOf(JsonObject record) {
        return String.valueOf(record.string("id"));
    }
}
