package dev.drawbridge.json;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** An array; its items are never Java {@code null}. */
public record JsonArray(List<JsonValue> items) implements JsonValue {
    public static final JsonArray EMPTY = new JsonArray(List.of());

    public JsonArray {
        items = List.copyOf(items);
    }

    public static JsonArray of(JsonValue... items) {
        return new JsonArray(List.of(items));
    }

    public int size() {
        return items.size();
    }

    public JsonValue get(int index) {
        return items.get(index);
    }

    /** This array with each item replaced; the same object when no item was. */
    JsonArray map(UnaryOperator<JsonValue> mapping) {
        for (int i = 0; i < items.size(); i++) {
            if (mapping.apply(items.get(i)) != items.get(i)) {
                List<JsonValue> mapped = new ArrayList<>(items);
                mapped.replaceAll(mapping);
                return new JsonArray(mapped);
            }
        }
        return this;
    }

    @Override
    public String toString() {
        return Json.write(this);
    }
}
