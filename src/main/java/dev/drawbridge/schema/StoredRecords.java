package dev.drawbridge.schema;

import dev.drawbridge.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records of a store while it is being migrated. The keys are those of the store: a record's own id may differ. */
public final class StoredRecords {
    private final Map<String, JsonObject> records;

    StoredRecords(Map<String, JsonObject> records) {
        this.records = new LinkedHashMap<>(records);
    }

    public @Nullable JsonObject get(String id) {
        return records.get(id);
    }

    public void set(String id, JsonObject record) {
        records.put(id, record);
    }

    public void delete(String id) {
        records.remove(id);
    }

    /** The records as they are now: what is set or deleted later does not show. */
    public List<Map.Entry<String, JsonObject>> entries() {
        return records.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                .toList();
    }

    Map<String, JsonObject> asMap() {
        return records;
    }
}
