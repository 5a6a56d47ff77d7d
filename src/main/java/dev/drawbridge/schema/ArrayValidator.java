package dev.drawbridge.schema;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Accepts arrays, of any length above the least one, of items that another validator accepts. */
record ArrayValidator(Validator item, int atLeast) implements Validator {

    @Override
    public @Nullable Violation check(@Nullable JsonValue previous, @Nullable JsonValue value) {
        if (!(value instanceof JsonArray(List<JsonValue> items))) {
            return Violation.expected("an array", value);
        }
        if (items.size() < atLeast) {
            return Violation.of("expected an array of " + atLeast + " or more, got one of " + items.size());
        }
        List<JsonValue> before = previous instanceof JsonArray(List<JsonValue> earlier) ? earlier : List.of();
        if (items == before) {
            return null;
        }
        for (int i = 0; i < items.size(); i++) {
            JsonValue accepted = i < before.size() ? before.get(i) : null;
            if (items.get(i) == accepted) {
                continue;
            }
            Violation violation = item.check(accepted, items.get(i));
            if (violation != null) {
                return violation.inside(Integer.toString(i));
            }
        }
        return null;
    }
}
