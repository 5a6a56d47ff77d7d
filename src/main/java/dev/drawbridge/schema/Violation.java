package dev.drawbridge.schema;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first thing that a validator does not accept in a value.
 *
 * @param path    the keys and array indices that lead to it, from the value that was checked
 * @param message what was expected there, and what was found
 */
public record Violation(List<String> path, String message) {
    private static final int LONGEST_QUOTE = 60;

    public Violation {
        path = List.copyOf(path);
    }

    /** At the value itself. */
    public static Violation of(String message) {
        return new Violation(List.of(), message);
    }

    /** At the value itself, which should have been something else; {@code null} means that it is missing. */
    public static Violation expected(String what, @Nullable JsonValue found) {
        return of("expected " + what + ", got " + describe(found));
    }

    /** The same, seen from the object or array around it. */
    public Violation inside(String key) {
        List<String> longer = new ArrayList<>(path.size() + 1);
        longer.add(key);
        longer.addAll(path);
        return new Violation(longer, message);
    }

    /** A key that stays readable in a message, however long it is. */
    static String shorten(String key) {
        return key.length() > LONGEST_QUOTE ? key.substring(0, LONGEST_QUOTE) + '…' : key;
    }

    /** Never quotes more than a line, however large the value is. */
    static String describe(@Nullable JsonValue value) {
        return switch (value) {
            case null -> "nothing";
            case JsonObject ignored -> "an object";
            case JsonArray ignored -> "an array";
            case JsonNumber(double number) when !Double.isFinite(number) -> Double.toString(number);
            case JsonString(String text)
            when text.length() > LONGEST_QUOTE ->
                Json.write(JsonString.of(text.substring(0, LONGEST_QUOTE))) + "… (" + text.length() + " characters)";
            default -> Json.write(value);
        };
    }
}
