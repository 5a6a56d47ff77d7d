package dev.drawbridge.schema.primitives;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Fractional index keys, which order siblings on a page and the points of a line: as texts they compare as the
 * positions do. A key is an integer, whose first letter tells how many characters it has, and a fraction.
 */
public final class IndexKeys {

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final char ZERO = DIGITS.charAt(0);
    private static final String SMALLEST_INTEGER = "A" + "0".repeat(26);

    private IndexKeys() {}

    /** What the packages check, no more: the characters after the first one may be anything (SCHEMA §8.4). */
    public static boolean isValid(String key) {
        if (key.isEmpty() || key.equals(SMALLEST_INTEGER)) {
            return false;
        }
        int integer = integerLength(key.charAt(0));
        return integer > 0 && key.length() >= integer && (key.length() == integer || !endsWithZero(key));
    }

    /**
     * The first keys in order: {@code a1 … a9 aA … aZ aa … az b00 b01 …}. Clients spread new keys at random between
     * their neighbours so that two of them seldom choose the same; keys made by a migration of a whole line need not.
     */
    public static List<String> firstKeys(int n) {
        List<String> keys = new ArrayList<>(n);
        String key = "a" + ZERO;
        for (int i = 0; i < n; i++) {
            key = nextInteger(key);
            keys.add(key);
        }
        return keys;
    }

    /**
     * The key that {@code com.tldraw.store/5} puts in place of another: a zero at its end becomes three random digits
     * other than zero. {@code a0} and keys without that zero stay as they are; {@code b00} does not, although it is
     * valid.
     */
    public static String withoutTrailingZero(String key, RandomGenerator random) {
        if (!endsWithZero(key) || key.equals("a0")) {
            return key;
        }
        return key.substring(0, key.length() - 1) + jitter(random);
    }

    /**
     * A key above another, with random digits at its end, so that two who put something on top at once seldom choose the same.
     */
    public static String above(String key, RandomGenerator random) {
        int length = integerLengthOf(key);
        char[] integer = key.substring(0, length).toCharArray();
        if (length > 0 && step(integer, 1)) {
            return new String(integer) + jitter(random);
        }
        if (length > 0 && integer[0] != 'z') {
            char head = integer[0] == 'Z' ? 'a' : (char) (integer[0] + 1);
            return head + String.valueOf(ZERO).repeat(integerLength(head) - 1) + jitter(random);
        }
        return key + jitter(random); // whatever it is: what goes on is above it
    }

    /** A key below another, with random digits at its end; of one that has none below it that very key. */
    public static String below(String key, RandomGenerator random) {
        int length = integerLengthOf(key);
        char[] integer = key.substring(0, length).toCharArray();
        if (length > 0 && step(integer, -1)) {
            return new String(integer) + jitter(random);
        }
        if (length > 0 && integer[0] != 'A') {
            char head = integer[0] == 'a' ? 'Z' : (char) (integer[0] - 1);
            return head + "z".repeat(integerLength(head) - 1) + jitter(random);
        }
        return key;
    }

    /** The length of a key's integer; 0 when that is none whose neighbours are known. */
    private static int integerLengthOf(String key) {
        int length = key.isEmpty() ? 0 : integerLength(key.charAt(0));
        boolean plain = length > 0
                && length <= key.length()
                && key.substring(0, length).chars().allMatch(digit -> DIGITS.indexOf(digit) >= 0);
        return plain ? length : 0;
    }

    /** Goes one up or down within the integers of the same length; false when there is none more. */
    private static boolean step(char[] integer, int by) {
        for (int i = integer.length - 1; i > 0; i--) {
            int next = DIGITS.indexOf(integer[i]) + by;
            if (next >= 0 && next < DIGITS.length()) {
                integer[i] = DIGITS.charAt(next);
                return true;
            }
            integer[i] = by > 0 ? ZERO : DIGITS.charAt(DIGITS.length() - 1);
        }
        return false;
    }

    private static String jitter(RandomGenerator random) {
        StringBuilder digits = new StringBuilder(3);
        for (int i = 0; i < 3; i++) {
            digits.append(DIGITS.charAt(random.nextInt(1, DIGITS.length())));
        }
        return digits.toString();
    }

    /** How many characters an integer has that starts with this letter; 0 when none does. */
    private static int integerLength(char head) {
        if (head >= 'a' && head <= 'z') {
            return head - 'a' + 2;
        }
        return head >= 'A' && head <= 'Z' ? 'Z' - head + 2 : 0;
    }

    private static boolean endsWithZero(String key) {
        return !key.isEmpty() && key.charAt(key.length() - 1) == ZERO;
    }

    /** The integer after a positive one. No list is long enough to come to the end of the letters. */
    private static String nextInteger(String integer) {
        char[] digits = integer.toCharArray();
        for (int i = digits.length - 1; i > 0; i--) {
            int next = DIGITS.indexOf(digits[i]) + 1;
            if (next < DIGITS.length()) {
                digits[i] = DIGITS.charAt(next);
                return new String(digits);
            }
            digits[i] = ZERO;
        }
        digits[0]++;
        return new String(digits) + ZERO;
    }
}
