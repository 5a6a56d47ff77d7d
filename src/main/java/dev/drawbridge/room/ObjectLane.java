package dev.drawbridge.room;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Tells the records of the object lane from those of the document: in a room they are together, in a snapshot they are two
 * parts, and a file that tldraw opens has the document alone.
 */
public final class ObjectLane {
    /** There are no objects. */
    public static final ObjectLane NONE = new ObjectLane(Set.of());

    /** What stands before the name of a record's type, as records are kept. */
    private static final byte[] MEMBER = "\"typeName\":".getBytes(StandardCharsets.UTF_8);

    /** Where in that the byte is which is rare in records: a colon, of which paths and pictures have none. */
    private static final int RARE = 10;

    private final Set<String> types;
    private final List<byte[]> names;

    /** @param types the names of the record types of the lane */
    public ObjectLane(Set<String> types) {
        this.types = Set.copyOf(types);
        this.names = types.stream().map(JsonString::new).map(Json::encode).toList();
    }

    public boolean isEmpty() {
        return types.isEmpty();
    }

    /** Whether a record is of the lane. Most are told by a look at their bytes: a room may have many megabytes of them. */
    public boolean has(StoredRecord record) {
        return mayHave(record.json())
                && record.typeName().filter(types::contains).isPresent();
    }

    /** Whether one of the types is named anywhere in it. */
    private boolean mayHave(byte[] json) {
        if (names.isEmpty()) {
            return false;
        }
        for (int i = RARE; i < json.length; i++) {
            if (json[i] == MEMBER[RARE] && isAt(json, i - RARE, MEMBER) && isOneAt(json, i - RARE + MEMBER.length)) {
                return true;
            }
        }
        return false;
    }

    private boolean isOneAt(byte[] json, int start) {
        for (byte[] name : names) {
            if (isAt(json, start, name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAt(byte[] json, int start, byte[] part) {
        int end = start + part.length;
        return end <= json.length && Arrays.equals(json, start, end, part, 0, part.length);
    }
}
