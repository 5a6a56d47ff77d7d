package dev.drawbridge.url;

import org.jspecify.annotations.Nullable;

/** Reads punycode (RFC 3492), without the prefix that marks it. */
final class Punycode {
    private static final int BASE = 36;
    private static final int MIN_THRESHOLD = 1;
    private static final int MAX_THRESHOLD = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int FIRST_BIAS = 72;
    private static final int FIRST_CODE_POINT = 0x80;

    private Punycode() {}

    /** What the text stands for, or null when it stands for nothing. */
    static @Nullable String decode(String text) {
        int delimiter = text.lastIndexOf('-');
        StringBuilder decoded = new StringBuilder(text.substring(0, Math.max(delimiter, 0)));
        long codePoint = FIRST_CODE_POINT;
        long position = 0;
        int bias = FIRST_BIAS;
        int at = delimiter + 1;
        while (at < text.length()) {
            long before = position;
            long weight = 1;
            for (int k = BASE; ; k += BASE) {
                int digit = at < text.length() ? digit(text.charAt(at++)) : -1;
                position += digit * weight;
                if (digit < 0 || position > Integer.MAX_VALUE) {
                    return null;
                }
                int threshold = Math.clamp(k - bias, MIN_THRESHOLD, MAX_THRESHOLD);
                if (digit < threshold) {
                    break;
                }
                weight = Math.min(weight * (BASE - threshold), Integer.MAX_VALUE);
            }
            int length = decoded.codePointCount(0, decoded.length()) + 1;
            bias = adapted(position - before, length, before == 0);
            codePoint += position / length;
            position %= length;
            if (!Character.isValidCodePoint((int) Math.min(codePoint, Integer.MAX_VALUE))) {
                return null;
            }
            decoded.insert(decoded.offsetByCodePoints(0, (int) position), Character.toString((int) codePoint));
            position++;
        }
        return decoded.toString();
    }

    private static int adapted(long delta, int length, boolean first) {
        long rest = first ? delta / DAMP : delta / 2;
        rest += rest / length;
        int k = 0;
        while (rest > (BASE - MIN_THRESHOLD) * MAX_THRESHOLD / 2) {
            rest /= BASE - MIN_THRESHOLD;
            k += BASE;
        }
        return (int) (k + (BASE - MIN_THRESHOLD + 1) * rest / (rest + SKEW));
    }

    private static int digit(char c) {
        if (c >= 'a' && c <= 'z') {
            return c - 'a';
        }
        return c >= '0' && c <= '9' ? c - '0' + 26 : -1;
    }
}
