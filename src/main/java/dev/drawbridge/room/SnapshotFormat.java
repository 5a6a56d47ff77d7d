package dev.drawbridge.room;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.json.Quoted;
import dev.drawbridge.schema.SerializedSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Snapshots as JSON (§17): the reference's, of all ages, and plain store snapshots are read; the newest is written. */
public final class SnapshotFormat {

    private SnapshotFormat() {}

    /**
     * Reads a snapshot.
     *
     * @throws MalformedSnapshotException when it is none
     */
    public static RoomSnapshot read(JsonValue json) throws MalformedSnapshotException {
        if (!(json instanceof JsonObject snapshot)) {
            throw new MalformedSnapshotException("a snapshot must be an object");
        }
        return snapshot.has("store") ? readStore(snapshot) : readRoom(snapshot);
    }

    /** Writes a snapshot in the newest format, with the old field {@code clock} beside, for older readers. */
    public static void write(RoomSnapshot snapshot, OutputStream out) throws IOException {
        String clock = Long.toString(snapshot.documentClock());
        write(out, "{\"documentClock\":" + clock + ",\"clock\":" + clock);
        write(out, ",\"tombstoneHistoryStartsAtClock\":" + snapshot.tombstoneHistoryStartsAtClock());
        write(out, ",\"schema\":" + snapshot.schema().json());
        write(out, ",\"tombstones\":{");
        String separator = "";
        for (Map.Entry<String, Long> tombstone : snapshot.tombstones().entrySet()) {
            write(out, separator + new JsonString(tombstone.getKey()) + ":" + tombstone.getValue());
            separator = ",";
        }
        write(out, "},\"documents\":[");
        separator = "";
        for (StoredRecord document : snapshot.documents()) {
            write(out, separator + "{\"state\":");
            out.write(document.json());
            write(out, ",\"lastChangedClock\":" + document.lastChangedClock() + "}");
            separator = ",";
        }
        write(out, "]}");
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static RoomSnapshot readStore(JsonObject snapshot) throws MalformedSnapshotException {
        List<StoredRecord> documents = new ArrayList<>();
        for (Map.Entry<String, JsonValue> entry :
                object(snapshot.get("store"), "store").entries()) {
            documents.add(record(entry.getValue(), 0, "store." + Quoted.bare(entry.getKey())));
        }
        return new RoomSnapshot(documents, Map.of(), 0, 0, schema(snapshot));
    }

    private static RoomSnapshot readRoom(JsonObject snapshot) throws MalformedSnapshotException {
        if (!(snapshot.get("documents") instanceof JsonArray array)) {
            throw new MalformedSnapshotException("documents: expected an array (or store: an object)");
        }
        long documentClock = clock(snapshot, "documentClock", clock(snapshot, "clock", 0));
        List<StoredRecord> documents = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            String path = "documents[" + i + "]";
            JsonObject document = object(array.get(i), path);
            long lastChanged = clock(document, "lastChangedClock", 0);
            documents.add(record(document.get("state"), lastChanged, path + ".state"));
            documentClock = Math.max(documentClock, lastChanged);
        }
        Map<String, Long> tombstones = tombstones(snapshot);
        for (long deletedAt : tombstones.values()) {
            documentClock = Math.max(documentClock, deletedAt);
        }
        // What is there has not been deleted: a client that is told both would forget it.
        documents.forEach(document -> tombstones.remove(document.id()));
        long historyStart = Math.min(clock(snapshot, "tombstoneHistoryStartsAtClock", documentClock), documentClock);
        return new RoomSnapshot(
                documents,
                historyStart == documentClock ? Map.of() : tombstones,
                documentClock,
                historyStart,
                schema(snapshot));
    }

    private static Map<String, Long> tombstones(JsonObject snapshot) throws MalformedSnapshotException {
        Map<String, Long> tombstones = new LinkedHashMap<>();
        if (snapshot.has("tombstones")) {
            JsonObject clocks = object(snapshot.get("tombstones"), "tombstones");
            for (String id : clocks.keys()) {
                tombstones.put(id, clock(clocks, id, 0));
            }
        }
        return tombstones;
    }

    private static StoredRecord record(@Nullable JsonValue state, long clock, String path)
            throws MalformedSnapshotException {
        JsonObject record = object(state, path);
        String id = record.string("id");
        if (id == null) {
            throw new MalformedSnapshotException(path + ".id: expected a string");
        }
        return new StoredRecord(id, Json.encode(record), clock);
    }

    private static SerializedSchema schema(JsonObject snapshot) throws MalformedSnapshotException {
        JsonValue schema = snapshot.get("schema");
        return schema == null
                ? SerializedSchema.EARLIEST
                : SerializedSchema.read(schema)
                        .orElseThrow(() -> new MalformedSnapshotException("schema: expected an object"));
    }

    private static JsonObject object(@Nullable JsonValue value, String path) throws MalformedSnapshotException {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new MalformedSnapshotException(path + ": expected an object");
    }

    private static long clock(JsonObject object, String key, long absent) throws MalformedSnapshotException {
        JsonValue value = object.get(key);
        if (value == null) {
            return absent;
        }
        if (value instanceof JsonNumber(double clock) && clock >= 0 && clock == Math.rint(clock) && clock < 0x1p53) {
            return (long) clock;
        }
        throw new MalformedSnapshotException(
                Quoted.bare(key) + ": expected a clock, a whole number from 0, got " + Quoted.of(value));
    }
}
