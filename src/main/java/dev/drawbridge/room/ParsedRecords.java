package dev.drawbridge.room;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parsed trees of the records that were edited last. Records are kept as bytes; a record that somebody drags about
 * need not be parsed thirty times a second all the same.
 */
final class ParsedRecords {
    private static final int CAPACITY = 256;

    private final Map<String, Parsed> trees = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Parsed> eldest) {
            return size() > CAPACITY;
        }
    };

    /**
     * A tree, and whether it has passed its validator since the room was loaded. What a store or a snapshot brings may
     * have become invalid by migration (SCHEMA §5).
     */
    private record Parsed(JsonObject tree, boolean validated) {}

    /** The record's tree. A stored record that is not a JSON object has been damaged outside of this program. */
    static JsonObject parse(StoredRecord stored) {
        try {
            if (Json.parse(stored.json()) instanceof JsonObject record) {
                return record;
            }
        } catch (JsonException e) {
            throw new DamagedRecordException(stored.id(), e.getMessage());
        }
        throw new DamagedRecordException(stored.id(), "not an object");
    }

    JsonObject tree(StoredRecord stored) {
        return trees.computeIfAbsent(stored.id(), id -> new Parsed(parse(stored), false)).tree;
    }

    /** The tree of a record if it is here. */
    @Nullable
    JsonObject known(String id) {
        Parsed parsed = trees.get(id);
        return parsed == null ? null : parsed.tree;
    }

    boolean isValidated(String id) {
        Parsed parsed = trees.get(id);
        return parsed != null && parsed.validated;
    }

    void keep(String id, JsonObject tree, boolean validated) {
        trees.put(id, new Parsed(tree, validated));
    }

    void forget(String id) {
        trees.remove(id);
    }
}
