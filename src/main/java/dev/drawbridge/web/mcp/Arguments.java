package dev.drawbridge.web.mcp;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.util.List;
import java.util.Optional;

/** What a tool was given: of the kinds that it takes. */
record Arguments(JsonObject given) {

    Optional<String> text(String name) {
        return Optional.ofNullable(given.string(name));
    }

    /** One that is required. */
    String needed(String name) {
        return text(name).orElseThrow(() -> new IllegalStateException(name + " is not required"));
    }

    int whole(String name, int otherwise) {
        return given.get(name) instanceof JsonNumber(double number) ? (int) number : otherwise;
    }

    boolean flag(String name) {
        return given.get(name) instanceof JsonBoolean(boolean value) && value;
    }

    Optional<JsonObject> object(String name) {
        return given.get(name) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    }

    List<JsonObject> objects(String name) {
        return items(name).stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .toList();
    }

    List<String> texts(String name) {
        return items(name).stream()
                .filter(JsonString.class::isInstance)
                .map(text -> ((JsonString) text).value())
                .toList();
    }

    private List<JsonValue> items(String name) {
        return given.get(name) instanceof JsonArray(List<JsonValue> items) ? items : List.of();
    }
}
