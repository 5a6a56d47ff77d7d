package dev.drawbridge.agents.board;

import java.util.Map;

/**
 * How much room a text takes, about: only a browser knows it exactly, and measures it again when it shows the text.
 *
 * @param w the width of its longest line
 * @param h the height of all its lines
 */
record TextSize(double w, double h) {
    private static final double LINE = 1.35;
    private static final double LETTER = 0.52;
    private static final double MONO_LETTER = 0.62;

    /** Where lines are broken, a little room too much is better than a word that sticks out. */
    private static final double SPARE = 1.15;

    private static final int FIRST_WIDE = 0x1100;
    private static final double NO_LIMIT = Double.POSITIVE_INFINITY;

    private static final Map<String, Double> LABELS = Map.of("s", 18.0, "m", 22.0, "l", 26.0, "xl", 32.0);
    private static final Map<String, Double> TEXTS = Map.of("s", 18.0, "m", 24.0, "l", 36.0, "xl", 44.0);

    /** A text without a frame, in lines as they are written. */
    static TextSize text(String text, String size, String font) {
        return of(text, TEXTS.getOrDefault(size, 24.0), font, NO_LIMIT);
    }

    /** A text without a frame, in lines of at most that width. */
    static TextSize text(String text, String size, String font, double width) {
        return of(text, TEXTS.getOrDefault(size, 24.0), font, width);
    }

    /** A label inside of something, in lines of at most that width. */
    static TextSize label(String text, String size, String font, double width) {
        return of(text, LABELS.getOrDefault(size, 22.0), font, width);
    }

    private static TextSize of(String text, double em, String font, double width) {
        double letter = em * (font.equals("mono") ? MONO_LETTER : LETTER) * (width == NO_LIMIT ? 1 : SPARE);
        double widest = 0;
        double line = 0;
        double word = 0;
        int lines = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                widest = Math.max(widest, line);
                line = 0;
                word = 0;
                lines++;
                continue;
            }
            double step = Character.isLowSurrogate(c) ? 0 : c >= FIRST_WIDE ? em : letter;
            word = c == ' ' ? 0 : word + step;
            line += step;
            if (line > width && c != ' ') {
                // The word goes to the next line, and is broken when it does not fit there either.
                widest = Math.max(widest, Math.min(line, width));
                line = word > width ? step : word;
                word = line;
                lines++;
            }
        }
        return new TextSize(Math.max(widest, line), lines * em * LINE);
    }
}
