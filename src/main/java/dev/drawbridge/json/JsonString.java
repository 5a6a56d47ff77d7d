package dev.drawbridge.json;

/** A string: any sequence of UTF-16 units, lone surrogates included; {@code value.length()} is JavaScript's length. */
public record JsonString(String value) implements JsonValue {

    public static JsonString of(String value) {
        return new JsonString(value);
    }

    @Override
    public String toString() {
        return Json.write(this);
    }
}
