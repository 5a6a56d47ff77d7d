package dev.drawbridge.room;

import dev.drawbridge.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What leads from a document to a snapshot (§17). It is found record by record, so that a large room is never there as
 * trees.
 *
 * @param puts records that are not what they are in the document
 * @param deletes ids of those that the snapshot does not have
 * @param bytes how many bytes the puts have, and what they replace
 */
record Replacement(List<StoredRecord> puts, List<String> deletes, long bytes) {
    /** What may be told as differences, for which both sides have to be there as trees. */
    private static final long SMALL = 256 << 10;

    /** @param kept what stays as it is, and is not taken from the snapshot either */
    static Replacement of(RoomDocument document, RoomSnapshot snapshot, ObjectLane kept) {
        Set<String> absent = new LinkedHashSet<>(document.ids());
        List<StoredRecord> puts = new ArrayList<>();
        long bytes = 0;
        for (StoredRecord record : snapshot.documents()) {
            absent.remove(record.id());
            StoredRecord before = document.stored(record.id()).orElse(null);
            boolean stays = before != null && areEqual(before, record);
            // What is the same is not looked at: what this costs is what differs.
            if (!stays && !kept.has(record) && (before == null || !kept.has(before))) {
                puts.add(new StoredRecord(record.id(), record.json(), document.clock() + 1));
                bytes += record.json().length + document.length(record.id());
            }
        }
        List<String> deletes = absent.stream()
                .filter(id -> document.stored(id).filter(kept::has).isEmpty())
                .toList();
        return new Replacement(puts, deletes, bytes);
    }

    /** The order of members makes no difference. */
    private static boolean areEqual(StoredRecord one, StoredRecord other) {
        if (Arrays.equals(one.json(), other.json())) {
            return true;
        }
        JsonObject before = one.unpack();
        return before.equals(other.unpack());
    }

    boolean isSmall() {
        return bytes <= SMALL;
    }
}
