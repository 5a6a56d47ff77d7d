package dev.drawbridge.web.admin;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The document clock of a room as the version of whatever is read of it. */
final class Etag {
    static final String IF_MATCH =
            "The clock that the room must have, as the `ETag` of an answer gave it. Without it, or with `*`, any will do.";

    private static final Pattern TAG = Pattern.compile("(W/)?\"([\\x21\\x23-\\x7E\\x80-\\xFF]*)\"");
    private static final Pattern CLOCK = Pattern.compile("0|[1-9][0-9]{0,15}");

    /** No room is ever at this clock. */
    private static final long NEVER = -1;

    private Etag() {}

    static String of(long documentClock) {
        return "\"" + documentClock + "\"";
    }

    /**
     * The clock that {@code If-Match} asks for; empty when any will do. A weak tag, or one that is no clock, never matches
     * (RFC 9110, 13.1.1).
     */
    static OptionalLong ifMatch(@Nullable String header) {
        if (header == null || header.strip().equals("*")) {
            return OptionalLong.empty();
        }
        Matcher tag = TAG.matcher(header.strip());
        if (!tag.matches()) {
            throw ProblemException.invalidRequest("If-Match: expected * or one entity tag, such as \"7\"");
        }
        boolean weak = tag.group(1) != null;
        return OptionalLong.of(!weak && CLOCK.matcher(tag.group(2)).matches() ? Long.parseLong(tag.group(2)) : NEVER);
    }
}
