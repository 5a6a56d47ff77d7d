package dev.drawbridge.diff;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one object, key by key, or of one array, index by index (§5). All operations speak of the old value, so
 * their order means nothing.
 */
public record ObjectDiff(Map<String, ValueOp> ops) {
    public static final ObjectDiff EMPTY = new ObjectDiff(Map.of());

    public ObjectDiff {
        ops = Collections.unmodifiableMap(new LinkedHashMap<>(ops));
    }

    /**
     * Reads a diff; what is neither an object nor {@code null} says nothing, as in JavaScript (§21.13), and neither does what
     * stands under {@code __proto__} (§21.20).
     */
    public static ObjectDiff read(JsonValue json) throws MalformedDiffException {
        if (json == JsonNull.NULL) {
            throw new MalformedDiffException("null in place of an object diff");
        }
        if (!(json instanceof JsonObject object)) {
            return EMPTY;
        }
        Map<String, ValueOp> ops = LinkedHashMap.newLinkedHashMap(object.size());
        for (Map.Entry<String, JsonValue> member : object.entries()) {
            if (UntoldKey.is(member.getKey())) {
                continue;
            }
            Optional<ValueOp> op = ValueOp.read(member.getValue());
            if (op.isPresent()) {
                ops.put(member.getKey(), op.get());
            }
        }
        return new ObjectDiff(ops);
    }

    public boolean isEmpty() {
        return ops.isEmpty();
    }

    /** This diff with one more operation, in place of one with the same key. */
    public ObjectDiff with(String key, ValueOp op) {
        Map<String, ValueOp> more = new LinkedHashMap<>(ops);
        more.put(key, op);
        return new ObjectDiff(more);
    }

    public JsonObject toJson() {
        JsonObject.Builder json = JsonObject.builder();
        ops.forEach((key, op) -> json.put(key, op.toJson()));
        return json.build();
    }

    /** The changed object; the very same one when no operation had an effect. */
    public JsonObject applyTo(JsonObject object) {
        JsonObject.@Nullable Builder changed = null;
        for (Map.Entry<String, ValueOp> entry : ops.entrySet()) {
            String key = entry.getKey();
            JsonValue before = object.get(key);
            if (entry.getValue() instanceof ValueOp.Delete) {
                if (before != null) {
                    changed = changed == null ? object.toBuilder() : changed;
                    changed.remove(key);
                }
                continue;
            }
            JsonValue after = applied(entry.getValue(), before);
            if (after != null && after != before) {
                changed = changed == null ? object.toBuilder() : changed;
                changed.put(key, after);
            }
        }
        return changed == null ? object : changed.build();
    }

    /** Items can be changed and one can be added at the end; anything else would leave a hole and is ignored (§19). */
    private JsonArray applyTo(JsonArray array) {
        @Nullable List<JsonValue> changed = null;
        for (Map.Entry<String, ValueOp> entry : ops.entrySet()) {
            int index = index(entry.getKey());
            if (index < 0 || index > array.size()) {
                continue;
            }
            JsonValue before = index < array.size() ? array.get(index) : null;
            JsonValue after = applied(entry.getValue(), before);
            if (after == null || after == before) {
                continue;
            }
            changed = changed == null ? new ArrayList<>(array.items()) : changed;
            if (index == array.size()) {
                changed.add(after);
            } else {
                changed.set(index, after);
            }
        }
        return changed == null ? array : new JsonArray(changed);
    }

    /** The value after the operation; the same value, or none where there was none, when it has no effect. */
    private static @Nullable JsonValue applied(ValueOp op, @Nullable JsonValue before) {
        return switch (op) {
            case ValueOp.Put(JsonValue value) -> value.equals(before) ? before : value;
            case ValueOp.Delete() -> before;
            case ValueOp.Append(JsonValue tail, double offset) -> appended(before, tail, offset);
            case ValueOp.Patch(ObjectDiff diff) ->
                switch (before) {
                    case JsonObject object -> diff.applyTo(object);
                    case JsonArray array -> diff.applyTo(array);
                    case null, default -> before;
                };
        };
    }

    private static @Nullable JsonValue appended(@Nullable JsonValue before, JsonValue tail, double offset) {
        if (before instanceof JsonString(String head)
                && tail instanceof JsonString(String rest)
                && head.length() == offset) {
            return rest.isEmpty() ? before : new JsonString(head + rest);
        }
        if (before instanceof JsonArray head && tail instanceof JsonArray rest && head.size() == offset) {
            List<JsonValue> joined = new ArrayList<>(head.size() + rest.size());
            joined.addAll(head.items());
            joined.addAll(rest.items());
            return rest.size() == 0 ? before : new JsonArray(joined);
        }
        return before;
    }

    /** A decimal index as JavaScript writes it, or -1. */
    private static int index(String key) {
        if (key.isEmpty() || key.length() > 9 || (key.length() > 1 && key.charAt(0) == '0')) {
            return -1;
        }
        return key.chars().allMatch(c -> c >= '0' && c <= '9') ? Integer.parseInt(key) : -1;
    }
}
