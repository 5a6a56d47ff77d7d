package dev.drawbridge.room;

import dev.drawbridge.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells the records of the object lane from those of the document: in a room they are together, in a snapshot they are two
 * parts, and a file that tldraw opens has the document alone.
 */
public final class ObjectLane {
    /** There are no objects. */
    public static final ObjectLane NONE = new ObjectLane(Set.of());

    private final Set<String> types;
    /** Each as a record of that type has it, somewhere: what has none of them needs no closer look. */
    private final List<byte[]> signs;

    /** @param types the names of the record types of the lane */
    public ObjectLane(Set<String> types) {
        this.types = Set.copyOf(types);
        this.signs = types.stream().map(ObjectLane::sign).toList();
    }

    private static byte[] sign(String typeName) {
        String object = JsonObject.builder().put("typeName", typeName).build().toString();
        return object.substring(1, object.length() - 1).getBytes(StandardCharsets.UTF_8);
    }

    public boolean isEmpty() {
        return types.isEmpty();
    }

    /** Whether a record is of the lane. */
    public boolean has(StoredRecord record) {
        for (byte[] sign : signs) {
            if (contains(record.json(), sign)) {
                return record.typeName().filter(types::contains).isPresent();
            }
        }
        return false;
    }

    /** A snapshot's document with the objects of a room: what is put back of a document leaves these as they are. */
    RoomSnapshot withObjectsOf(RoomDocument room, RoomSnapshot snapshot) {
        if (isEmpty()) {
            return snapshot;
        }
        List<StoredRecord> records = new ArrayList<>();
        Set<String> kept = new LinkedHashSet<>();
        for (StoredRecord record : room.records()) {
            if (has(record)) {
                records.add(record);
                kept.add(record.id());
            }
        }
        for (StoredRecord record : snapshot.documents()) {
            if (!has(record) && !kept.contains(record.id())) {
                records.add(record);
            }
        }
        return new RoomSnapshot(
                records,
                snapshot.tombstones(),
                snapshot.documentClock(),
                snapshot.tombstoneHistoryStartsAtClock(),
                snapshot.schema());
    }

    private static boolean contains(byte[] json, byte[] sign) {
        int last = json.length - sign.length;
        for (int start = 0; start <= last; start++) {
            int i = 0;
            while (i < sign.length && json[start + i] == sign[i]) {
                i++;
            }
            if (i == sign.length) {
                return true;
            }
        }
        return false;
    }
}
