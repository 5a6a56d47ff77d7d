package dev.drawbridge.schema;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value that a property was allowed to have from some release on, without a migration: clients of earlier releases refuse
 * a record that has it. They are shown another value in its place.
 *
 * @param type     of the records that it concerns; empty when it concerns all of that record type
 * @param path     the names that lead to the property; {@link #EACH} is every item of an array
 * @param standIn  what comes nearest to the value among what has always been allowed
 * @param knownFrom a client knows the value if its schema has one of these sequences at that version or above
 */
public record Widening(
        String typeName,
        Optional<String> type,
        List<String> path,
        String value,
        String standIn,
        Map<String, Integer> knownFrom) {
    public static final String EACH = "*";

    public Widening {
        path = List.copyOf(path);
        knownFrom = Map.copyOf(knownFrom);
    }

    /** @param versions the sequences that a client names, with their versions */
    boolean isKnownTo(JsonObject versions) {
        return isReached(knownFrom, versions);
    }

    /** Whether one of these sequences is at that version or above. */
    static boolean isReached(Map<String, Integer> release, JsonObject versions) {
        return release.entrySet().stream()
                .anyMatch(from -> Js.toNumber(versions.get(from.getKey())) >= from.getValue());
    }

    /** The record without the value; the same object if it has none. */
    JsonObject narrow(JsonObject record) {
        boolean concerned = Js.is(record.get("typeName"), typeName)
                && type.map(each -> Js.is(record.get("type"), each)).orElse(true);
        return concerned && narrow(record, 0) instanceof JsonObject narrowed ? narrowed : record;
    }

    private JsonValue narrow(JsonValue value, int depth) {
        if (depth == path.size()) {
            return Js.is(value, this.value) ? JsonString.of(standIn) : value;
        }
        String name = path.get(depth);
        if (value instanceof JsonArray array && name.equals(EACH)) {
            return narrowEach(array, depth + 1);
        }
        if (!(value instanceof JsonObject object)) {
            return value;
        }
        JsonValue inner = object.get(name);
        JsonValue narrowed = inner == null ? null : narrow(inner, depth + 1);
        return narrowed == null || narrowed == inner ? object : object.with(name, narrowed);
    }

    private JsonArray narrowEach(JsonArray array, int depth) {
        List<JsonValue> items = new ArrayList<>(array.size());
        boolean changed = false;
        for (JsonValue item : array.items()) {
            JsonValue narrowed = narrow(item, depth);
            changed |= narrowed != item;
            items.add(narrowed);
        }
        return changed ? new JsonArray(items) : array;
    }

    /**
     * A later version of a value, with what had been narrowed in the earlier one put back where it is as it was shown.
     *
     * @param before the earlier version as it is
     * @param shown  the earlier version as it was shown
     * @param after  the later version
     */
    static JsonValue restore(JsonValue before, @Nullable JsonValue shown, JsonValue after) {
        if (before == shown) {
            return after;
        }
        if (after.equals(shown)) {
            return before;
        }
        if (before instanceof JsonObject ours
                && shown instanceof JsonObject theirs
                && after instanceof JsonObject now) {
            JsonObject restored = now;
            for (Map.Entry<String, JsonValue> member : ours.entries()) {
                JsonValue later = now.get(member.getKey());
                JsonValue kept = later == null ? null : restore(member.getValue(), theirs.get(member.getKey()), later);
                restored = kept == null || kept == later ? restored : restored.with(member.getKey(), kept);
            }
            return restored;
        }
        if (before instanceof JsonArray ours && shown instanceof JsonArray theirs && after instanceof JsonArray now) {
            List<JsonValue> items = new ArrayList<>(now.items());
            for (int i = 0; i < Math.min(ours.size(), now.size()); i++) {
                items.set(i, restore(ours.get(i), theirs.get(i), now.get(i)));
            }
            return new JsonArray(items);
        }
        return after;
    }
}
