package dev.drawbridge.schema;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Damages records by chance, at any depth; what is not touched stays the same object. */
final class RecordMutations {
    private static final List<String> KEYS = List.of(
            "",
            "x",
            "type",
            "typeName",
            "props",
            "meta",
            "points",
            "handles",
            "segments",
            "path",
            "dim",
            "index",
            "url",
            "text",
            "richText",
            "opacity",
            "scribble",
            "cursor",
            "propsForNextShape",
            "__proto__",
            "toString",
            "10",
            "9");

    private final Random random;
    private final RandomRecords values;

    RecordMutations(Random random) {
        this.random = random;
        this.values = new RandomRecords(random);
    }

    JsonObject mutate(JsonObject object) {
        List<String> keys = new ArrayList<>(object.keys());
        String key = keys.isEmpty() || random.nextInt(5) == 0 ? values.oneOf(KEYS) : values.oneOf(keys);
        JsonValue value = object.get(key);
        return switch (random.nextInt(4)) {
            case 0 -> object.without(key);
            case 1 -> object.with(key, odd());
            default -> value == null ? object.with(key, odd()) : object.with(key, inside(value));
        };
    }

    private JsonValue inside(JsonValue value) {
        return switch (value) {
            case JsonObject object -> mutate(object);
            case JsonArray(List<JsonValue> items)
            when !items.isEmpty() -> {
                List<JsonValue> changed = new ArrayList<>(items);
                int at = random.nextInt(items.size());
                changed.set(at, inside(items.get(at)));
                yield new JsonArray(changed);
            }
            default -> odd();
        };
    }

    private JsonValue odd() {
        return switch (random.nextInt(8)) {
            case 0 -> JsonNull.NULL;
            case 1 -> JsonNumber.of(values.oneOf(0.0, -1.0, 2.0, 0.5, 1e308, Double.POSITIVE_INFINITY, Double.NaN));
            case 2 ->
                JsonString.of(values.oneOf("", "a10", "b00", "AAAA", "binding", "justify", "https://", "geo", "line"));
            case 3 -> JsonArray.of(JsonNull.NULL);
            case 4 -> JsonObject.of(values.oneOf(KEYS), JsonNull.NULL);
            case 5 -> values.next();
            default -> values.json(0);
        };
    }
}
