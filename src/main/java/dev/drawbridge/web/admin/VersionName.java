package dev.drawbridge.web.admin;

import dev.drawbridge.history.Version;
import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.util.Optional;

/** What versions may be called. */
public final class VersionName {
    public static final String RULE = "1 to " + Version.LONGEST_NAME + " characters, without control characters";

    private VersionName() {}

    /** The name in a body; null there is none. */
    public static Optional<String> read(JsonValue value) {
        if (value instanceof JsonNull) {
            return Optional.empty();
        }
        if (value instanceof JsonString(String text) && isName(text)) {
            return Optional.of(text);
        }
        throw ProblemException.invalidRequest("name: expected null or " + RULE);
    }

    private static boolean isName(String text) {
        return !text.isBlank()
                && text.length() <= Version.LONGEST_NAME
                && text.codePoints().noneMatch(VersionName::breaksLines);
    }

    /** Half a character is none. */
    private static boolean breaksLines(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            default -> false;
        };
    }
}
