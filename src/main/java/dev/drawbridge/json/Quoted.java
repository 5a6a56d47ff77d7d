package dev.drawbridge.json;

import org.jspecify.annotations.Nullable;

/**
 * Text that somebody else chose, made fit for a message or a line of the log: what would break the line, hide or turn
 * around its other parts is written as an escape, and it is cut short. So it costs the same however long it is. Every
 * reason, message and path that holds such text takes it from here.
 */
public final class Quoted {
    /** How much is shown of one text. */
    private static final int LONGEST = 80;

    private Quoted() {}

    /** A text in quotation marks; of a long one the beginning, and how long it is. */
    public static String of(String text) {
        StringBuilder quoted = new StringBuilder(Math.min(text.length(), LONGEST) + 2).append('"');
        int end = escape(text, LONGEST, true, quoted);
        quoted.append('"');
        return end == text.length() ? quoted.toString() : quoted + lengthOf(text);
    }

    /** A value as one would call it: a short text as it is, but never what is in an object or an array. */
    public static String of(@Nullable JsonValue value) {
        return switch (value) {
            case null -> "nothing";
            case JsonObject ignored -> "an object";
            case JsonArray ignored -> "an array";
            case JsonString(String text) -> of(text);
            case JsonNumber(double number) when !Double.isFinite(number) -> Double.toString(number);
            case JsonNumber number -> Json.write(number);
            case JsonBoolean(boolean bool) -> Boolean.toString(bool);
            case JsonNull ignored -> "null";
        };
    }

    /** A key or an id without quotation marks, for a path. */
    public static String bare(String text) {
        return line(text, LONGEST);
    }

    /** A message that may have such text in it, as one line of at most that many characters, and how long it was. */
    public static String line(String text, int longest) {
        if (text.length() <= longest && isPlain(text)) {
            return text;
        }
        StringBuilder line = new StringBuilder(Math.min(text.length(), longest) + 32);
        int end = escape(text, longest, false, line);
        return end == text.length() ? line.toString() : line + lengthOf(text);
    }

    /** Whether it can stand in a line as it is. */
    public static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < ' ' || c > '~') && !isHarmless(text.codePointAt(i))) {
                return false;
            }
            if (Character.isHighSurrogate(c)) {
                i++; // a harmless one is the first of a pair
            }
        }
        return true;
    }

    private static String lengthOf(String text) {
        return "… (" + text.length() + " characters)";
    }

    /** Appends the beginning of a text, and tells how much of it that is; a pair of surrogates is not cut apart. */
    private static int escape(String text, int longest, boolean marks, StringBuilder out) {
        int end = Math.min(text.length(), longest);
        int at = 0;
        while (at < end) {
            int c = text.codePointAt(at);
            switch (c) {
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '"' -> out.append(marks ? "\\\"" : "\"");
                case '\\' -> out.append(marks ? "\\\\" : "\\");
                default -> {
                    if (isHarmless(c)) {
                        out.appendCodePoint(c);
                    } else {
                        escape(text, at, Character.charCount(c), out);
                    }
                }
            }
            at += Character.charCount(c);
        }
        return at;
    }

    private static void escape(String text, int at, int units, StringBuilder out) {
        for (int i = at; i < at + units; i++) {
            out.append("\\u%04x".formatted((int) text.charAt(i)));
        }
    }

    /** Neither a control, a format character (as those that turn the direction of a text), a line end nor half a pair. */
    private static boolean isHarmless(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
