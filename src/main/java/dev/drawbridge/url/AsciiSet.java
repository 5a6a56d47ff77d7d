package dev.drawbridge.url;

/**
 * A set of ASCII characters.
 *
 * @param low a bit for each of the first 64 characters
 * @param high a bit for each of the others
 */
record AsciiSet(long low, long high) {

    private static final char DELETE = 0x7f;

    static AsciiSet of(String characters) {
        long low = 0;
        long high = 0;
        for (int i = 0; i < characters.length(); i++) {
            char c = characters.charAt(i);
            if (c < Long.SIZE) {
                low |= 1L << c;
            } else {
                high |= 1L << c;
            }
        }
        return new AsciiSet(low, high);
    }

    /** Control characters and these. */
    static AsciiSet ofControlsAnd(String characters) {
        AsciiSet others = of(characters);
        return new AsciiSet(others.low | ((1L << ' ') - 1), others.high | 1L << DELETE);
    }

    boolean contains(char c) {
        return c < 2 * Long.SIZE && ((c < Long.SIZE ? low : high) >>> c & 1) != 0;
    }
}
