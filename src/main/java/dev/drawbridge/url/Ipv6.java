package dev.drawbridge.url;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** IPv6 addresses as the URL Standard reads and writes them, without the brackets. */
final class Ipv6 {

    private static final int PIECES = 8;
    private static final int NONE = -1;

    private final String text;
    private final int[] pieces = new int[PIECES];
    private int count;
    private int compressedAt = NONE;
    private int at;

    private Ipv6(String text) {
        this.text = text;
    }

    /** The address in its shortest form, or null when it is not one. */
    static @Nullable String parse(String text) {
        Ipv6 address = new Ipv6(text);
        return address.read() && address.expand() ? address.shortest() : null;
    }

    private boolean read() {
        if (text.startsWith("::")) {
            at = 2;
            compressedAt = ++count;
        } else if (text.startsWith(":")) {
            return false;
        }
        while (at < text.length()) {
            if (count == PIECES) {
                return false;
            }
            if (text.charAt(at) == ':') {
                if (compressedAt != NONE) {
                    return false;
                }
                at++;
                compressedAt = ++count; // two colons stand for one piece at least
            } else if (!readPiece()) {
                return false;
            }
        }
        return true;
    }

    private boolean readPiece() {
        int start = at;
        int value = 0;
        while (at < text.length() && at < start + 4 && digit(16) >= 0) {
            value = value << 4 | digit(16);
            at++;
        }
        if (at < text.length()) {
            char next = text.charAt(at);
            if (next == '.') {
                return at > start && readIpv4(start);
            }
            boolean ends = next != ':' || ++at == text.length();
            if (ends) {
                return false;
            }
        }
        pieces[count++] = value;
        return true;
    }

    /** Four decimal numbers at the very end stand for two pieces. */
    private boolean readIpv4(int start) {
        if (count > PIECES - 2) {
            return false;
        }
        at = start;
        for (int number = 0; number < 4; number++) {
            if (number > 0) {
                if (at == text.length() || text.charAt(at) != '.') {
                    return false;
                }
                at++;
            }
            int value = readDecimal();
            if (value < 0) {
                return false;
            }
            int piece = count + number / 2;
            pieces[piece] = pieces[piece] << 8 | value;
        }
        count += 2;
        return at == text.length();
    }

    private int readDecimal() {
        int start = at;
        int value = 0;
        while (at < text.length() && digit(10) >= 0) {
            boolean leadingZero = at > start && value == 0;
            value = value * 10 + digit(10);
            if (leadingZero || value > 255) {
                return NONE;
            }
            at++;
        }
        return at > start ? value : NONE;
    }

    private int digit(int radix) {
        char c = text.charAt(at);
        return c < 0x80 ? Character.digit(c, radix) : NONE;
    }

    private boolean expand() {
        if (compressedAt == NONE) {
            return count == PIECES;
        }
        int moved = count - compressedAt;
        System.arraycopy(pieces, compressedAt, pieces, PIECES - moved, moved);
        Arrays.fill(pieces, compressedAt, PIECES - moved, 0);
        return true;
    }

    private String shortest() {
        int zerosAt = NONE;
        int zeros = 1; // a single zero is written out
        for (int start = 0; start < PIECES; start++) {
            int end = start;
            while (end < PIECES && pieces[end] == 0) {
                end++;
            }
            if (end - start > zeros) {
                zerosAt = start;
                zeros = end - start;
            }
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < PIECES; i++) {
            if (i == zerosAt) {
                out.append(i == 0 ? "::" : ":");
                i += zeros - 1;
            } else {
                out.append(Integer.toHexString(pieces[i])).append(i < PIECES - 1 ? ":" : "");
            }
        }
        return out.toString();
    }
}
