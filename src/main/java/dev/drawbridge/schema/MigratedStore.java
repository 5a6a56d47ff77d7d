package dev.drawbridge.schema;

import dev.drawbridge.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The records of a store in our form, and how they differ from those before.
 *
 * @param records all records, by their key in the store
 * @param put     the records among them that are new or have changed
 * @param removed the keys of the records that are gone
 */
public record MigratedStore(Map<String, JsonObject> records, Map<String, JsonObject> put, Set<String> removed) {

    public MigratedStore {
        records = Collections.unmodifiableMap(records);
        put = Collections.unmodifiableMap(put);
        removed = Collections.unmodifiableSet(removed);
    }

    static MigratedStore of(Map<String, JsonObject> before, Map<String, JsonObject> after) {
        Map<String, JsonObject> records = new LinkedHashMap<>();
        Map<String, JsonObject> put = new LinkedHashMap<>();
        after.forEach((id, record) -> {
            JsonObject earlier = before.get(id);
            if (earlier != null && earlier.equals(record)) {
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

    public boolean isUnchanged() {
        return put.isEmpty() && removed.isEmpty();
    }
}
