package dev.drawbridge.schema;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The records of a store in our form, and how they differ from those before.
 *
 * @param records all records, by their key in the store; those that have not changed are the ones from before
 * @param put     the records among them that are new or have changed
 * @param removed the keys of the records that are gone
 */
public record MigratedStore(Map<String, PackedRecord> records, Map<String, PackedRecord> put, Set<String> removed) {

    public MigratedStore {
        records = Collections.unmodifiableMap(records);
        put = Collections.unmodifiableMap(put);
        removed = Collections.unmodifiableSet(removed);
    }

    static MigratedStore of(Map<String, ? extends PackedRecord> before, Map<String, PackedRecord> after) {
        Map<String, PackedRecord> records = LinkedHashMap.newLinkedHashMap(after.size());
        Map<String, PackedRecord> put = new LinkedHashMap<>();
        after.forEach((id, record) -> {
            PackedRecord earlier = before.get(id);
            if (earlier != null && areEqual(earlier, record)) {
                records.put(id, earlier);
            } else {
                records.put(id, record);
                put.put(id, record);
            }
        });
        Set<String> removed = new LinkedHashSet<>(before.keySet());
        removed.removeAll(after.keySet());
        return new MigratedStore(records, put, removed);
    }

    private static boolean areEqual(PackedRecord one, PackedRecord other) {
        return one == other
                || Arrays.equals(one.json(), other.json())
                || one.unpack().equals(other.unpack());
    }

    public boolean isUnchanged() {
        return put.isEmpty() && removed.isEmpty();
    }
}
