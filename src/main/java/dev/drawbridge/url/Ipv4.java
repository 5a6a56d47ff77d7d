package dev.drawbridge.url;

import org.jspecify.annotations.Nullable;

/** IPv4 addresses as the URL Standard reads them: one to four numbers, decimal, octal or hexadecimal. */
final class Ipv4 {

    private static final long NO_NUMBER = -1;
    private static final long TOO_LARGE = 1L << 32;

    private Ipv4() {}

    /** Whether a domain must be an address: its last label, not counting an empty one, is a number. */
    static boolean looksLikeAddress(String domain) {
        int end = endOfLabels(domain);
        int start = domain.lastIndexOf('.', end - 1) + 1;
        return start < end
                && isDigit(domain.charAt(start))
                && (isDigits(domain, start, end) || number(domain.substring(start, end)) != NO_NUMBER);
    }

    /** The address with four decimal numbers, or null when it is not one. */
    static @Nullable String parse(String domain) {
        int end = endOfLabels(domain);
        long address = 0;
        int start = 0;
        for (int part = 0; part < 4; part++) {
            int dot = domain.indexOf('.', start);
            boolean last = dot < 0 || dot >= end;
            long number = number(domain.substring(start, last ? end : dot));
            if (last) {
                int bits = 32 - 8 * part;
                return number == NO_NUMBER || number >= 1L << bits ? null : dotted(address << bits | number);
            }
            if (number == NO_NUMBER || number > 255) {
                return null;
            }
            address = address << 8 | number;
            start = dot + 1;
        }
        return null;
    }

    private static int endOfLabels(String domain) {
        return domain.endsWith(".") ? domain.length() - 1 : domain.length();
    }

    private static boolean isDigits(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static long number(String text) {
        if (text.isEmpty()) {
            return NO_NUMBER;
        }
        boolean hexadecimal = text.startsWith("0x") || text.startsWith("0X");
        boolean octal = !hexadecimal && text.length() > 1 && text.charAt(0) == '0';
        int radix = hexadecimal ? 16 : octal ? 8 : 10;
        long number = 0;
        for (int i = hexadecimal ? 2 : 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return NO_NUMBER;
            }
            number = Math.min(number * radix + digit, TOO_LARGE);
        }
        return number;
    }

    private static String dotted(long address) {
        return "%d.%d.%d.%d".formatted(address >> 24, address >> 16 & 255, address >> 8 & 255, address & 255);
    }
}
