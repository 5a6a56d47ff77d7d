package dev.drawbridge.json;

/** JSON as tests like to write it: with single quotes. */
public final class JsonText {

    private JsonText() {}

    public static JsonValue json(String text) {
        try {
            return Json.parse(text.replace('\'', '"'));
        } catch (JsonException e) {
            throw new AssertionError(text + " is no JSON: " + e.getMessage(), e);
        }
    }

    public static JsonObject object(String text) {
        return (JsonObject) json(text);
    }
}
