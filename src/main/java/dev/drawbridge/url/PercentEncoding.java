package dev.drawbridge.url;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The percent-encode sets of the URL Standard: which ASCII characters a part of a URL does not show as they are. What is
 * beyond ASCII is never shown.
 */
record PercentEncoding(AsciiSet encoded) {

    static final PercentEncoding CONTROL = new PercentEncoding(AsciiSet.ofControlsAnd(""));
    static final PercentEncoding FRAGMENT = new PercentEncoding(AsciiSet.ofControlsAnd(" \"<>`"));
    static final PercentEncoding QUERY = new PercentEncoding(AsciiSet.ofControlsAnd(" \"#<>"));
    static final PercentEncoding SPECIAL_QUERY = new PercentEncoding(AsciiSet.ofControlsAnd(" \"#<>'"));
    static final PercentEncoding PATH = new PercentEncoding(AsciiSet.ofControlsAnd(" \"#<>?`{}"));
    static final PercentEncoding USERINFO = new PercentEncoding(AsciiSet.ofControlsAnd(" \"#<>?`{}/:;=@[\\]^|"));

    private static final int ASCII = 0x80;

    /** A part of a text, encoded; a lone surrogate counts as U+FFFD. */
    String encode(String text, int from, int to) {
        int clean = from;
        while (clean < to && isClean(text.charAt(clean))) {
            clean++;
        }
        if (clean == to) {
            return text.substring(from, to);
        }
        StringBuilder out = new StringBuilder(to - from + 16).append(text, from, clean);
        int at = clean;
        while (at < to) {
            char c = text.charAt(at);
            if (isClean(c)) {
                out.append(c);
                at++;
            } else {
                int end = at + 1;
                while (end < to && !isClean(text.charAt(end))) {
                    end++;
                }
                for (byte b : utf8(text.substring(at, end))) {
                    out.append('%').append(hexDigit(b >> 4)).append(hexDigit(b));
                }
                at = end;
            }
        }
        return out.toString();
    }

    /** The text with its escapes decoded, as UTF-8; bytes that are not UTF-8, and lone surrogates, become U+FFFD. */
    static String decode(String text) {
        byte[] bytes = utf8(text);
        if (text.indexOf('%') < 0) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(bytes[i + 2], 16) : -1;
            if (low >= 0) {
                out.write(high << 4 | low);
                i += 2;
            } else {
                out.write(bytes[i]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private boolean isClean(char c) {
        return c < ASCII && !encoded.contains(c);
    }

    private static char hexDigit(int nibble) {
        return "0123456789ABCDEF".charAt(nibble & 0xf);
    }

    private static byte[] utf8(String text) {
        return UrlText.wellFormed(text).getBytes(StandardCharsets.UTF_8);
    }
}
