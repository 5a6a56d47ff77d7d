package dev.drawbridge.json;

/**
 * A number, always a double. A literal that overflows (§19) is infinite here, so that a validator can refuse it; it is
 * written as {@code null}, as JavaScript does, because JSON has no word for it.
 */
public record JsonNumber(double value) implements JsonValue {

    public JsonNumber {
        value += 0.0; // turns -0 into 0, which JavaScript does not tell apart
    }

    public static JsonNumber of(double value) {
        return new JsonNumber(value);
    }

    public boolean isFinite() {
        return Double.isFinite(value);
    }

    @Override
    public String toString() {
        return Json.write(this);
    }
}
