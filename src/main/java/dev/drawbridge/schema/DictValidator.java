package dev.drawbridge.schema;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Accepts objects with any keys, whose values another validator accepts; and arrays, whose indices are the keys.
 *
 * @param keys accepts each key, as a text; {@code null} when any key will do
 */
record DictValidator(@Nullable Validator keys, Validator values) implements Validator {

    @Override
    public @Nullable Violation check(@Nullable JsonValue previous, @Nullable JsonValue value) {
        if (value != null && value == previous) {
            return null;
        }
        if (!(value instanceof JsonObject) && !(value instanceof JsonArray)) {
            return Violation.expected("an object", value);
        }
        JsonObject before = previous instanceof JsonObject earlier ? earlier : JsonObject.EMPTY;
        for (Map.Entry<String, JsonValue> member : Js.entries(value)) {
            JsonValue accepted = before.get(member.getKey());
            if (member.getValue() == accepted) {
                continue;
            }
            Violation violation = accepted == null ? refusedKey(member.getKey()) : null;
            if (violation == null) {
                violation = values.check(accepted, member.getValue());
            }
            if (violation != null) {
                return violation.inside(member.getKey());
            }
        }
        return null;
    }

    private @Nullable Violation refusedKey(String key) {
        return keys == null ? null : keys.check(null, JsonString.of(key));
    }
}
