package dev.drawbridge.room;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.TreeWeight;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parsed trees of the records that were edited last. Records are kept as bytes; a record that somebody drags about
 * need not be parsed thirty times a second all the same.
 */
final class ParsedRecords {
    /** How much memory the trees of one room may take. */
    static final long CAPACITY = 2 << 20;

    /** Those that were asked for last are last. */
    private final Map<String, Parsed> trees = new LinkedHashMap<>(16, 0.75f, true);

    private long weight;

    /**
     * A tree, and whether it has passed its validator since the room was loaded. What a store or a snapshot brings may
     * have become invalid by migration (SCHEMA §5).
     */
    private record Parsed(JsonObject tree, boolean validated, long weight) {}

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
        Parsed known = trees.get(stored.id());
        if (known != null) {
            return known.tree;
        }
        JsonObject tree = parse(stored);
        keep(stored, tree, false);
        return tree;
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

    void keep(StoredRecord stored, JsonObject tree, boolean validated) {
        forget(stored.id());
        Parsed parsed = new Parsed(tree, validated, TreeWeight.of(stored.json()));
        if (parsed.weight <= CAPACITY) {
            trees.put(stored.id(), parsed);
            weight += parsed.weight;
            makeRoom();
        }
    }

    private void makeRoom() {
        Iterator<Parsed> eldest = trees.values().iterator();
        while (weight > CAPACITY) {
            weight -= eldest.next().weight;
            eldest.remove();
        }
    }

    void forget(String id) {
        Parsed parsed = trees.remove(id);
        if (parsed != null) {
            weight -= parsed.weight;
        }
    }

    /** Nobody edits anything for the moment. */
    void forgetAll() {
        trees.clear();
        weight = 0;
    }
}
