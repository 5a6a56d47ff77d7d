package dev.drawbridge.schema;

import dev.drawbridge.json.JsonValue;
import dev.drawbridge.json.Quoted;
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
    public Violation {
        path = List.copyOf(path);
    }

    /** At the value itself. */
    public static Violation of(String message) {
        return new Violation(List.of(), message);
    }

    /** At the value itself, which should have been something else; {@code null} means that it is missing. */
    public static Violation expected(String what, @Nullable JsonValue found) {
        return of("expected " + what + ", got " + Quoted.of(found));
    }

    /** The same, seen from the object or array around it. */
    public Violation inside(String key) {
        List<String> longer = new ArrayList<>(path.size() + 1);
        longer.add(key);
        longer.addAll(path);
        return new Violation(longer, message);
    }
}
