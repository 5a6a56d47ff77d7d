package dev.drawbridge.schema;

import dev.drawbridge.json.JsonObject;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records of a store while it is being migrated. The keys are those of the store: a record's own id may differ. */
public final class StoredRecords {
    private final Map<String, PackedRecord> records;

    StoredRecords(Map<String, ? extends PackedRecord> records) {
        this.records = new LinkedHashMap<>(records);
    }

    public @Nullable JsonObject get(String id) {
        PackedRecord record = records.get(id);
        return record == null ? null : record.unpack();
    }

    public void set(String id, JsonObject record) {
        records.put(id, PackedRecord.of(record));
    }

    public void delete(String id) {
        records.remove(id);
    }

    /** The records as they are now, each unpacked when its turn comes: what is set or deleted later does not show. */
    public Iterable<Map.Entry<String, JsonObject>> entries() {
        List<Map.Entry<String, PackedRecord>> now = records.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                .toList();
        return () -> {
            Iterator<Map.Entry<String, PackedRecord>> rest = now.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return rest.hasNext();
                }

                @Override
                public Map.Entry<String, JsonObject> next() {
                    Map.Entry<String, PackedRecord> next = rest.next();
                    return Map.entry(next.getKey(), next.getValue().unpack());
                }
            };
        };
    }

    Map<String, PackedRecord> asMap() {
        return records;
    }
}
