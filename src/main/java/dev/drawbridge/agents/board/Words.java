package dev.drawbridge.agents.board;

import java.util.Locale;
import java.util.regex.Pattern;

/** How ids, texts and numbers stand in a line: nothing that people have written ends the line, or passes for its other parts. */
final class Words {
    private static final Pattern PLAIN_ID = Pattern.compile("[A-Za-z0-9_:.@-]{1,120}");

    private Words() {}

    static String id(String id) {
        return PLAIN_ID.matcher(id).matches() ? id : quoted(id, 120);
    }

    /** In quotation marks, cut when it is longer, with escapes as JSON has them. */
    static String quoted(String text, int longest) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), longest) + 2).append('"');
        int at = 0;
        while (at < text.length() && at < longest) {
            int c = text.codePointAt(at);
            append(c, out);
            at += Character.charCount(c);
        }
        out.append('"');
        return at < text.length() ? out + "… (" + text.length() + " characters)" : out.toString();
    }

    private static void append(int c, StringBuilder out) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            default -> {
                switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SURROGATE -> out.append("\\u%04x".formatted(c));
                    default -> out.appendCodePoint(c);
                }
            }
        }
    }

    /** With one digit behind the point at the most. */
    static String number(double number) {
        double rounded = Math.rint(number * 10) / 10;
        return rounded == (long) rounded ? Long.toString((long) rounded) : String.format(Locale.ROOT, "%.1f", rounded);
    }

    static String point(Spot spot) {
        return number(spot.x()) + ',' + number(spot.y());
    }

    static String size(Box box) {
        return number(box.w()) + 'x' + number(box.h());
    }

    /** As it is, without a point where none is needed. */
    static String exact(double number) {
        return number == (long) number ? Long.toString((long) number) : Double.toString(number);
    }

    /** Where half of a surrogate pair stands alone; -1 when none does. */
    static int halfPair(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return i;
            }
        }
        return -1;
    }
}
