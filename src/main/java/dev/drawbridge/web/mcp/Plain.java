package dev.drawbridge.web.mcp;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as the SDK knows it: maps, lists, and Java's own values. */
final class Plain {

    private Plain() {}

    static Map<String, Object> of(JsonObject object) {
        Map<String, Object> map = new LinkedHashMap<>();
        object.entries().forEach(member -> map.put(member.getKey(), value(member.getValue())));
        return map;
    }

    @SuppressWarnings("NullAway") // a null in JSON is one there, too
    static @Nullable Object value(JsonValue value) {
        return switch (value) {
            case JsonObject object -> of(object);
            case JsonArray(List<JsonValue> items) -> {
                List<Object> list = new ArrayList<>(items.size());
                items.forEach(item -> list.add(value(item)));
                yield list;
            }
            case JsonString(String text) -> text;
            case JsonNumber(double number) when number == (long) number -> (long) number;
            case JsonNumber(double number) -> number;
            case JsonBoolean(boolean bool) -> bool;
            case JsonNull _ -> null;
        };
    }
}
