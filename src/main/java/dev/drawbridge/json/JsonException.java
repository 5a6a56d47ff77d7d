package dev.drawbridge.json;

/** A text that is not JSON, or JSON that goes beyond a limit. The message is fit for a log line: it quotes no content. */
public sealed class JsonException extends Exception {
    private final String message;

    JsonException(String message) {
        super(message);
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }

    /** The text is nested deeper than allowed. */
    public static final class TooDeep extends JsonException {
        TooDeep() {
            super("JSON nested too deep");
        }
    }

    /** The text is not JSON. */
    public static final class Malformed extends JsonException {
        Malformed(String message) {
            super(message);
        }
    }
}
