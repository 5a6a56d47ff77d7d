package dev.drawbridge.links;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What was found at the end of a link.
 *
 * @param url where that was, after all redirects
 * @param type its media type in lower case without parameters; empty when the server names none
 * @param charset as the server calls it
 * @param body its beginning; nothing of an image
 */
@SuppressWarnings("ArrayRecordComponent")
record Fetched(LinkUrl url, String type, @Nullable String charset, byte[] body) {

    private static final Pattern CHARSET = Pattern.compile("(?i)\\bcharset\\s*=\\s*[\"']?([^\\s;\"',]+)");

    /** @param contentType the header, read as forgivingly as browsers read it */
    static Fetched empty(LinkUrl url, String contentType) {
        Matcher charset = CHARSET.matcher(contentType);
        int end = contentType.indexOf(';');
        String type = end < 0 ? contentType : contentType.substring(0, end);
        return new Fetched(
                url, type.strip().toLowerCase(Locale.ROOT), charset.find() ? charset.group(1) : null, new byte[0]);
    }

    Fetched with(byte[] read) {
        return new Fetched(url, type, charset, read);
    }

    boolean isImage() {
        return type.startsWith("image/");
    }

    /** Whether it is a page, or may be one. */
    boolean isPage() {
        return type.equals("text/html") || type.equals("application/xhtml+xml") || type.isEmpty();
    }
}
