package dev.drawbridge.json;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

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

    /**
     * This array with each item replaced; the same object when no item was. Each item is mapped once: a mapping that
     * goes down the tree would otherwise cost twice as much a level.
     */
    JsonArray map(UnaryOperator<JsonValue> mapping) {
        @Nullable List<JsonValue> mapped = null;
        for (int i = 0; i < items.size(); i++) {
            JsonValue item = items.get(i);
            JsonValue replaced = mapping.apply(item);
            if (mapped == null && replaced != item) {
                mapped = new ArrayList<>(items.size());
                mapped.addAll(items.subList(0, i));
            }
            if (mapped != null) {
                mapped.add(replaced);
            }
        }
        return mapped == null ? this : new JsonArray(mapped);
    }

    @Override
    public String toString() {
        return Json.write(this);
    }
}
