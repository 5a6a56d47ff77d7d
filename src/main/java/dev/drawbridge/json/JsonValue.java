package dev.drawbridge.json;

/**
 * An immutable JSON value. {@code equals} is JavaScript's structural equality (§5): key order is ignored and numbers
 * compare as doubles.
 */
public sealed interface JsonValue permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBoolean, JsonNull {

    /** Whether JavaScript would take this value for false: {@code null}, {@code false}, {@code 0}, {@code NaN}, {@code ""}. */
    default boolean isFalsy() {
        return switch (this) {
            case JsonNull ignored -> true;
            case JsonBoolean(boolean value) -> !value;
            case JsonNumber(double value) -> value == 0 || Double.isNaN(value);
            case JsonString(String value) -> value.isEmpty();
            case JsonObject ignored -> false;
            case JsonArray ignored -> false;
        };
    }

    /** This value with {@code null} in place of numbers that are not finite (§21.7); the same object when there are none. */
    default JsonValue finite() {
        return switch (this) {
            case JsonNumber number -> number.isFinite() ? number : JsonNull.NULL;
            case JsonObject object -> object.map(JsonValue::finite);
            case JsonArray array -> array.map(JsonValue::finite);
            case JsonString string -> string;
            case JsonBoolean bool -> bool;
            case JsonNull none -> none;
        };
    }
}
