package dev.drawbridge.assets.embedded;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * A content that is its own address (RFC 2397).
 *
 * @param type the media type that it says it has, without parameters
 */
record DataUrl(Optional<String> type, byte[] content) {
    private static final String SCHEME = "data:";
    private static final String BASE_64 = ";base64";

    static boolean is(String url) {
        return url.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /** Empty when it is none that can be read. */
    static Optional<DataUrl> of(String url) {
        int comma = url.indexOf(',');
        if (!is(url) || comma < 0) {
            return Optional.empty();
        }
        String head = url.substring(SCHEME.length(), comma).strip().toLowerCase(Locale.ROOT);
        boolean isBase64 = head.endsWith(BASE_64);
        String type = head.split(";", 2)[0].strip();
        byte[] bytes = unescaped(url, comma + 1);
        try {
            return Optional.of(new DataUrl(
                    Optional.of(type).filter(text -> !text.isEmpty()),
                    isBase64 ? Base64.getMimeDecoder().decode(bytes) : bytes));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] unescaped(String url, int from) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(url.length() - from);
        int at = from;
        while (at < url.length()) {
            char c = url.charAt(at);
            int high = c == '%' && at + 2 < url.length() ? Character.digit(url.charAt(at + 1), 16) : -1;
            int low = high >= 0 ? Character.digit(url.charAt(at + 2), 16) : -1;
            if (low >= 0) {
                out.write(high << 4 | low);
                at += 3;
            } else if (c < 0x80) {
                out.write(c);
                at++;
            } else {
                int end = url.offsetByCodePoints(at, 1);
                out.writeBytes(url.substring(at, end).getBytes(StandardCharsets.UTF_8));
                at = end;
            }
        }
        return out.toByteArray();
    }
}
