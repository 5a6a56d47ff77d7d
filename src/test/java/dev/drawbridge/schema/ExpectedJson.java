package dev.drawbridge.schema;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a vector expects: a JSON value, in which some places are random and given by a regular expression. */
record ExpectedJson(JsonValue value, List<JsonObject> fuzzy) {

    /** The outputs that a vector accepts: where they depend on the JavaScript runtime, there are two. */
    static Stream<ExpectedJson> of(JsonObject vector) {
        JsonValue fuzzy = vector.get("fuzzy");
        List<JsonObject> places = fuzzy == null ? List.of() : VectorFile.objects(fuzzy);
        return Stream.of("output", "nativeOutput")
                .filter(vector::has)
                .map(key -> new ExpectedJson(VectorFile.member(vector, key), places));
    }

    /** Whether a value is what is expected, once it has been written as JSON: there, numbers are finite. */
    static @Nullable String disagreement(JsonObject vector, JsonValue actual) throws JsonException {
        JsonValue written = Json.parse(Json.encode(actual));
        return of(vector).anyMatch(expected -> expected.matches(written)) ? null : "got " + written;
    }

    private boolean matches(JsonValue actual) {
        JsonValue expected = value;
        for (JsonObject place : fuzzy) {
            List<JsonValue> path = ((JsonArray) VectorFile.member(place, "path")).items();
            JsonValue found = at(actual, path);
            if (!(found instanceof JsonString(String text))
                    || !Pattern.compile(VectorFile.text(place, "regex"))
                            .matcher(text)
                            .find()) {
                return false;
            }
            expected = with(expected, path, found);
        }
        return expected.equals(actual);
    }

    private static @Nullable JsonValue at(@Nullable JsonValue value, List<JsonValue> path) {
        JsonValue found = value;
        for (JsonValue step : path) {
            found = found == null ? null : Js.member(found, Js.toText(step));
        }
        return found;
    }

    private static JsonValue with(@Nullable JsonValue value, List<JsonValue> path, JsonValue replacement) {
        if (path.isEmpty()) {
            return replacement;
        }
        List<JsonValue> rest = path.subList(1, path.size());
        if (value instanceof JsonArray(List<JsonValue> items) && path.getFirst() instanceof JsonNumber(double index)) {
            List<JsonValue> changed = new ArrayList<>(items);
            changed.set((int) index, with(items.get((int) index), rest, replacement));
            return new JsonArray(changed);
        }
        String key = Js.toText(path.getFirst());
        JsonObject object = Js.object(value);
        return object.with(key, with(object.get(key), rest, replacement));
    }
}
