package dev.drawbridge.room;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonStream;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.json.Quoted;
import dev.drawbridge.schema.SerializedSchema;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one snapshot, whose members may come in any order: each record becomes bytes as soon as it is read. What is {@code
 * null} counts as absent, and a number may be written as a text, as the reference takes them.
 */
final class SnapshotReader {
    private static final String KINDS =
            "expected documents (a room's snapshot), store (a store's), document (an editor's), or the"
                    + " tldrawFileFormatVersion and records of a .tldr file";
    private static final String TLDRAW_V1 =
            "this is a file of tldraw v1, which only tldraw itself can convert: open it on tldraw.com, save it as a new"
                    + " .tldr file, and import that";
    private static final int TLDR_FILE_FORMAT = 1;
    private static final Pattern WHOLE_NUMBER = Pattern.compile("\\s*[0-9]{1,16}\\s*");

    /** What a record takes beside its bytes. */
    private static final int A_RECORD = 200;

    private final JsonStream json;

    private @Nullable List<StoredRecord> documents;
    private List<StoredRecord> objects = List.of();
    private @Nullable List<StoredRecord> store;
    private @Nullable List<StoredRecord> records;
    private @Nullable JsonValue schema;
    private @Nullable JsonValue fileFormat;
    private @Nullable JsonValue version;
    private OptionalLong documentClock = OptionalLong.empty();
    private OptionalLong clock = OptionalLong.empty();
    private OptionalLong historyStart = OptionalLong.empty();
    private Map<String, Long> tombstones = Map.of();
    private @Nullable SnapshotReader document;

    SnapshotReader(JsonStream json) {
        this.json = json;
    }

    RoomSnapshot read() throws MalformedSnapshotException, JsonException, IOException {
        if (!json.enterObject()) {
            throw new MalformedSnapshotException("a snapshot must be an object");
        }
        members(true);
        return snapshot();
    }

    private void members(boolean outermost) throws MalformedSnapshotException, JsonException, IOException {
        for (String name = json.nextMember(); name != null; name = json.nextMember()) {
            switch (name) {
                case "documents" -> documents = changed("documents");
                case "objects" -> objects = changed("objects");
                case "store" -> store = store();
                case "records" -> records = records();
                case "schema" -> schema = small();
                case "tldrawFileFormatVersion" -> fileFormat = small();
                case "version" -> version = small();
                case "documentClock" -> documentClock = clock(small(), name);
                case "clock" -> clock = clock(small(), name);
                case "tombstoneHistoryStartsAtClock" -> historyStart = clock(small(), name);
                case "tombstones" -> tombstones = tombstones();
                case "document" -> {
                    if (outermost && json.enterObject()) {
                        document = new SnapshotReader(json);
                        document.members(false);
                    } else {
                        skip();
                    }
                }
                default -> skip();
            }
        }
    }

    // ---- the parts

    /** A value that is kept as it is. */
    private JsonValue small() throws JsonException, IOException {
        JsonValue value = json.value();
        json.keepAll();
        return value;
    }

    private void skip() throws JsonException, IOException {
        json.skip();
        json.keep(0);
    }

    /** Records with the clock of their last change. */
    private List<StoredRecord> changed(String part) throws MalformedSnapshotException, JsonException, IOException {
        if (!json.enterArray()) {
            throw new MalformedSnapshotException(part + ": expected an array");
        }
        Map<String, StoredRecord> read = new LinkedHashMap<>();
        for (int i = 0; json.nextItem(); i++) {
            String path = part + "[" + i + "]";
            if (!json.enterObject()) {
                throw expectedObject(path);
            }
            @Nullable StoredRecord state = null;
            long lastChanged = 0;
            for (String name = json.nextMember(); name != null; name = json.nextMember()) {
                switch (name) {
                    case "state" -> state = record(path + ".state");
                    case "lastChangedClock" -> {
                        lastChanged = clock(json.value(), path + '.' + name).orElse(0);
                        json.keep(0);
                    }
                    default -> skip();
                }
            }
            if (state == null) {
                throw expectedObject(path + ".state");
            }
            read.put(state.id(), new StoredRecord(state.id(), state.json(), lastChanged));
        }
        return List.copyOf(read.values());
    }

    /** Of records that share a name, or an id, the last one counts. */
    private List<StoredRecord> store() throws MalformedSnapshotException, JsonException, IOException {
        if (!json.enterObject()) {
            throw expectedObject("store");
        }
        Map<String, StoredRecord> named = new LinkedHashMap<>();
        for (String name = json.nextMember(); name != null; name = json.nextMember()) {
            named.put(name, record("store." + Quoted.bare(name)));
        }
        Map<String, StoredRecord> read = LinkedHashMap.newLinkedHashMap(named.size());
        named.values().forEach(record -> read.put(record.id(), record));
        return List.copyOf(read.values());
    }

    private List<StoredRecord> records() throws MalformedSnapshotException, JsonException, IOException {
        if (!json.enterArray()) {
            throw new MalformedSnapshotException("records: expected an array");
        }
        Map<String, StoredRecord> read = new LinkedHashMap<>();
        for (int i = 0; json.nextItem(); i++) {
            StoredRecord record = record("records[" + i + "]");
            read.put(record.id(), record);
        }
        return List.copyOf(read.values());
    }

    private StoredRecord record(String path) throws MalformedSnapshotException, JsonException, IOException {
        if (!(json.value() instanceof JsonObject record)) {
            throw expectedObject(path);
        }
        String id = record.string("id");
        if (id == null) {
            throw new MalformedSnapshotException(path + ".id: expected a string");
        }
        byte[] encoded = Json.encode(record);
        json.keep(A_RECORD + encoded.length);
        return new StoredRecord(id, encoded, 0);
    }

    private Map<String, Long> tombstones() throws MalformedSnapshotException, JsonException, IOException {
        if (!json.enterObject()) {
            if (json.value() == JsonNull.NULL) {
                return Map.of();
            }
            throw expectedObject("tombstones");
        }
        Map<String, Long> read = new LinkedHashMap<>();
        for (String id = json.nextMember(); id != null; id = json.nextMember()) {
            read.put(id, clock(json.value(), "tombstones." + Quoted.bare(id)).orElse(0));
            json.keep(A_RECORD + 2L * id.length());
        }
        return read;
    }

    private static OptionalLong clock(JsonValue value, String path) throws MalformedSnapshotException {
        if (value == JsonNull.NULL) {
            return OptionalLong.empty();
        }
        if (value instanceof JsonNumber(double clock) && clock >= 0 && clock == Math.rint(clock) && clock < 0x1p53) {
            return OptionalLong.of((long) clock);
        }
        if (value instanceof JsonString(String text)
                && WHOLE_NUMBER.matcher(text).matches()) {
            return clock(JsonNumber.of((double) Long.parseLong(text.strip())), path);
        }
        throw new MalformedSnapshotException(
                path + ": expected a clock, a whole number from 0, got " + Quoted.of(value));
    }

    // ---- the whole

    private RoomSnapshot snapshot() throws MalformedSnapshotException {
        if (documents != null) {
            return room(withObjects(documents));
        }
        if (store != null) {
            return atClock0(store);
        }
        if (fileFormat != null) {
            return file();
        }
        if (document != null && document.store != null) {
            return document.atClock0(document.store);
        }
        if (document != null && document.version != null && !document.version.isFalsy()) {
            throw new MalformedSnapshotException(TLDRAW_V1);
        }
        throw new MalformedSnapshotException(KINDS);
    }

    private List<StoredRecord> withObjects(List<StoredRecord> content) {
        if (objects.isEmpty()) {
            return content;
        }
        Map<String, StoredRecord> all = new LinkedHashMap<>();
        content.forEach(record -> all.put(record.id(), record));
        objects.forEach(record -> all.putIfAbsent(record.id(), record));
        return List.copyOf(all.values());
    }

    /** A file that tldraw saves. */
    private RoomSnapshot file() throws MalformedSnapshotException {
        if (!(fileFormat instanceof JsonNumber(double format)) || format < 1) {
            throw new MalformedSnapshotException("tldrawFileFormatVersion: expected a number from 1");
        }
        if (format > TLDR_FILE_FORMAT) {
            throw new MalformedSnapshotException(
                    "tldrawFileFormatVersion: a newer tldraw has written this file; import it with a newer server");
        }
        if (records == null) {
            throw new MalformedSnapshotException("records: expected an array");
        }
        if (!(schema instanceof JsonObject)) {
            throw expectedObject("schema");
        }
        return atClock0(records);
    }

    private RoomSnapshot atClock0(List<StoredRecord> content) throws MalformedSnapshotException {
        return new RoomSnapshot(content, Map.of(), 0, 0, schema());
    }

    private RoomSnapshot room(List<StoredRecord> content) throws MalformedSnapshotException {
        return RoomSnapshot.found(content, tombstones, documentClock.orElse(clock.orElse(0)), historyStart, schema());
    }

    private SerializedSchema schema() throws MalformedSnapshotException {
        return schema == null || schema == JsonNull.NULL
                ? SerializedSchema.EARLIEST
                : SerializedSchema.read(schema).orElseThrow(() -> expectedObject("schema"));
    }

    private static MalformedSnapshotException expectedObject(String path) {
        return new MalformedSnapshotException(path + ": expected an object");
    }
}
