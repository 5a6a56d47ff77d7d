package dev.drawbridge.web.admin;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.json.Quoted;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads the members of a request's body, and says which one is wrong. */
final class Members {
    private final JsonObject object;

    private Members(JsonObject object) {
        this.object = object;
    }

    /** The members of a body that may have these and no others. */
    static Members of(JsonValue body, Set<String> known) {
        JsonObject object = object(body, "the body");
        for (String name : object.keys()) {
            if (!known.contains(name)) {
                throw ProblemException.invalidRequest(Quoted.bare(name) + ": unknown, expected "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        }
        return new Members(object);
    }

    static JsonObject object(@Nullable JsonValue value, String path) {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw wrong(path, "an object");
    }

    JsonValue required(String name) {
        JsonValue value = object.get(name);
        if (value == null) {
            throw ProblemException.invalidRequest(name + ": is missing");
        }
        return value;
    }

    boolean bool(String name) {
        if (required(name) instanceof JsonBoolean(boolean value)) {
            return value;
        }
        throw wrong(name, "true or false");
    }

    Optional<JsonValue> value(String name) {
        return Optional.ofNullable(object.get(name));
    }

    Optional<String> string(String name) {
        return value(name).map(value -> string(value, name));
    }

    OptionalLong clock(String name) {
        JsonValue value = object.get(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (value instanceof JsonNumber(double clock) && clock >= 0 && clock == Math.rint(clock) && clock < 0x1p53) {
            return OptionalLong.of((long) clock);
        }
        throw wrong(name, "a clock, a whole number from 0");
    }

    List<JsonObject> objects(String name) {
        List<JsonValue> items = items(name);
        return IntStream.range(0, items.size())
                .mapToObj(i -> object(items.get(i), at(name, i)))
                .toList();
    }

    List<String> strings(String name) {
        List<JsonValue> items = items(name);
        return IntStream.range(0, items.size())
                .mapToObj(i -> string(items.get(i), at(name, i)))
                .toList();
    }

    private List<JsonValue> items(String name) {
        JsonValue value = object.get(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof JsonArray(List<JsonValue> items)) {
            return items;
        }
        throw wrong(name, "an array");
    }

    private static String at(String name, int index) {
        return name + "[" + index + "]";
    }

    private static String string(JsonValue value, String path) {
        if (value instanceof JsonString(String text)) {
            return text;
        }
        throw wrong(path, "a string");
    }

    private static ProblemException wrong(String path, String expected) {
        return ProblemException.invalidRequest(path + ": expected " + expected);
    }
}
