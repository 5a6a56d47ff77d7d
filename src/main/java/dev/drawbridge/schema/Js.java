package dev.drawbridge.schema;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.json.Quoted;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What JavaScript does with a JSON value, where validators and migrations depend on it. Java's {@code null} stands for
 * JavaScript's {@code undefined}. What throws a {@code TypeError} there throws an {@link IllegalArgumentException} here.
 */
public final class Js {
    private static final long LARGEST_INDEX = 0xFFFF_FFFEL;
    private static final int MOST_SPREAD = 1_000;

    private Js() {}

    /** {@code value == null}: it is {@code null} or missing. */
    public static boolean isNullish(@Nullable JsonValue value) {
        return value == null || value == JsonNull.NULL;
    }

    /** {@code value ?? fallback}. */
    public static JsonValue orElse(@Nullable JsonValue value, JsonValue fallback) {
        return value == null || value == JsonNull.NULL ? fallback : value;
    }

    /** {@code value === "text"}. */
    public static boolean is(@Nullable JsonValue value, String text) {
        return value instanceof JsonString(String found) && found.equals(text);
    }

    /** {@code value === number}. */
    public static boolean is(@Nullable JsonValue value, double number) {
        return value instanceof JsonNumber(double found) && found == number;
    }

    /** {@code value.key}: throws for {@code null} and for nothing; of a number or a boolean it is nothing. */
    public static @Nullable JsonValue member(@Nullable JsonValue value, String key) {
        return switch (value) {
            case null -> throw notAnObject(null);
            case JsonNull ignored -> throw notAnObject(value);
            case JsonObject object -> object.get(key);
            case JsonArray(List<JsonValue> items) when key.equals("length") -> JsonNumber.of(items.size());
            case JsonString(String text) when key.equals("length") -> JsonNumber.of(text.length());
            case JsonArray(List<JsonValue> items) ->
                isIndexBelow(items.size(), key) ? items.get(Integer.parseInt(key)) : null;
            case JsonString string ->
                isIndexBelow(string.value().length(), key) ? unit(string, Integer.parseInt(key)) : null;
            case JsonNumber ignored -> null;
            case JsonBoolean ignored -> null;
        };
    }

    /** Whether it is an object; an array is one in JavaScript. */
    static boolean isObject(@Nullable JsonValue value) {
        return value instanceof JsonObject || value instanceof JsonArray;
    }

    /**
     * {@code Object.hasOwn(value, key) ? value[key] : undefined}, for any value, but for the length of arrays and texts.
     * Unlike {@link #spread} it makes no object of an array or a text, which may be millions of members.
     */
    static @Nullable JsonValue own(@Nullable JsonValue value, String key) {
        return switch (value) {
            case JsonObject object -> object.get(key);
            case JsonArray array when key.equals("length") -> null;
            case JsonString string when key.equals("length") -> null;
            case null, default -> isNullish(value) ? null : member(value, key);
        };
    }

    /** {@code Object.keys(value).length}. */
    static int size(@Nullable JsonValue value) {
        return switch (value) {
            case JsonObject object -> object.size();
            case JsonArray array -> array.size();
            case JsonString(String text) -> text.length();
            case null, default -> 0;
        };
    }

    /**
     * {@code {...value}}. Each item of an array and each unit of a text becomes a member, which takes a hundred times
     * the room; nobody needs many, so a value with too many of them is refused.
     */
    public static JsonObject spread(@Nullable JsonValue value) {
        return switch (value) {
            case JsonObject object -> object;
            case JsonArray array -> membersOf(array);
            case JsonString text -> membersOf(text);
            case null, default -> JsonObject.EMPTY;
        };
    }

    /** {@link #spread}, but throws for {@code null} and for nothing. */
    public static JsonObject members(@Nullable JsonValue value) {
        if (isNullish(value)) {
            throw notAnObject(value);
        }
        return spread(value);
    }

    /**
     * {@code Object.entries(value)}: throws for {@code null} and for nothing; integer-like keys come first. Those of an
     * array or a text are made as they are read.
     */
    public static Collection<Map.Entry<String, JsonValue>> entries(@Nullable JsonValue value) {
        return switch (value) {
            case JsonArray(List<JsonValue> items) -> indexed(items.size(), items::get);
            case JsonString string -> indexed(string.value().length(), at -> unit(string, at));
            case null, default -> ordered(members(value));
        };
    }

    /** A JSON object; throws for anything else. */
    public static JsonObject object(@Nullable JsonValue value) {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw notAnObject(value);
    }

    /** The items of an array; throws for anything else, as a call of {@code value.map} does. */
    public static List<JsonValue> items(@Nullable JsonValue value) {
        if (value instanceof JsonArray(List<JsonValue> items)) {
            return items;
        }
        throw new IllegalArgumentException("expected an array, got " + Quoted.of(value));
    }

    /** A string; throws for anything else, as a call of one of its methods does. */
    public static String string(@Nullable JsonValue value) {
        if (value instanceof JsonString(String text)) {
            return text;
        }
        throw new IllegalArgumentException("expected a string, got " + Quoted.of(value));
    }

    /** {@code Number(value)}. */
    public static double toNumber(@Nullable JsonValue value) {
        return switch (value) {
            case null -> Double.NaN;
            case JsonNull ignored -> 0;
            case JsonBoolean(boolean bool) -> bool ? 1 : 0;
            case JsonNumber(double number) -> number;
            case JsonString(String text) -> JsNumbers.read(text);
            case JsonArray array -> JsNumbers.read(toText(array));
            case JsonObject ignored -> Double.NaN;
        };
    }

    /** {@code String(value)}. */
    public static String toText(@Nullable JsonValue value) {
        return switch (value) {
            case null -> "undefined";
            case JsonNull ignored -> "null";
            case JsonBoolean(boolean bool) -> Boolean.toString(bool);
            case JsonNumber(double number) -> JsNumbers.write(number);
            case JsonString(String text) -> text;
            case JsonArray(List<JsonValue> items) -> {
                StringBuilder text = new StringBuilder();
                join(items, text);
                yield text.toString();
            }
            case JsonObject ignored -> "[object Object]";
        };
    }

    /** Into one text: joining texts level by level would copy the innermost once a level. */
    private static void join(List<JsonValue> items, StringBuilder text) {
        boolean first = true;
        for (JsonValue item : items) {
            if (!first) {
                text.append(',');
            }
            first = false;
            if (item instanceof JsonArray(List<JsonValue> inner)) {
                join(inner, text);
            } else if (item != JsonNull.NULL) {
                text.append(toText(item));
            }
        }
    }

    /** Negative when {@code a < b}, positive when {@code a > b}, else zero; texts compare by UTF-16 units. */
    public static int compare(@Nullable JsonValue a, @Nullable JsonValue b) {
        if (isText(a) && isText(b)) {
            return toText(a).compareTo(toText(b));
        }
        double left = toNumber(a);
        double right = toNumber(b);
        return left < right ? -1 : left > right ? 1 : 0;
    }

    /** Whether a value is a text, or becomes one when it is compared. */
    private static boolean isText(@Nullable JsonValue value) {
        return value instanceof JsonString || value instanceof JsonArray || value instanceof JsonObject;
    }

    private static List<Map.Entry<String, JsonValue>> indexed(int size, IntFunction<JsonValue> at) {
        return new AbstractList<>() {
            @Override
            public Map.Entry<String, JsonValue> get(int index) {
                return Map.entry(Integer.toString(index), at.apply(index));
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    private static JsonString unit(JsonString string, int at) {
        return JsonString.of(string.value().substring(at, at + 1));
    }

    private static Collection<Map.Entry<String, JsonValue>> ordered(JsonObject object) {
        if (object.keys().stream().noneMatch(Js::isArrayIndex)) {
            return object.entries();
        }
        List<Map.Entry<String, JsonValue>> ordered = new ArrayList<>(object.size());
        object.entries().stream()
                .filter(entry -> isArrayIndex(entry.getKey()))
                .sorted(Comparator.comparingLong(entry -> Long.parseLong(entry.getKey())))
                .forEach(ordered::add);
        object.entries().stream().filter(entry -> !isArrayIndex(entry.getKey())).forEach(ordered::add);
        return ordered;
    }

    private static JsonObject membersOf(JsonValue arrayOrText) {
        if (size(arrayOrText) > MOST_SPREAD) {
            throw notAnObject(arrayOrText);
        }
        JsonObject.Builder members = JsonObject.builder();
        entries(arrayOrText).forEach(entry -> members.put(entry.getKey(), entry.getValue()));
        return members.build();
    }

    private static boolean isIndexBelow(int length, String key) {
        return isArrayIndex(key) && Long.parseLong(key) < length;
    }

    private static boolean isArrayIndex(String key) {
        int length = key.length();
        if (length == 0 || length > 10 || (key.charAt(0) == '0' && length > 1)) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (key.charAt(i) < '0' || key.charAt(i) > '9') {
                return false;
            }
        }
        return Long.parseLong(key) <= LARGEST_INDEX;
    }

    private static IllegalArgumentException notAnObject(@Nullable JsonValue value) {
        return new IllegalArgumentException("expected an object, got " + Quoted.of(value));
    }
}
