package dev.drawbridge.web.assets;

import dev.drawbridge.assets.ByteRange;
import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;

/**
 * The part that a request asks for (RFC 9110, 14). Only one: who asks for several gets all of it, as is allowed, for what
 * asks so is no browser.
 *
 * @param header what was asked for; empty for everything
 */
record RequestedRange(Optional<String> header) {
    static final RequestedRange ALL = new RequestedRange(Optional.empty());

    private static final String UNIT = "bytes=";

    /** What is to be sent. */
    sealed interface Selection {}

    /** Everything. */
    record Whole() implements Selection {}

    /** One part. */
    record Part(ByteRange range) implements Selection {}

    /** There is no such part. */
    record None() implements Selection {}

    /**
     * @param etag of what is there
     * @param changed when it changed, in milliseconds
     */
    static RequestedRange of(HttpServletRequest request, String etag, long changed) {
        String range = request.getHeader(HttpHeaders.RANGE);
        return range != null
                        && range.toLowerCase(Locale.ROOT).startsWith(UNIT)
                        && isOfTheSame(request.getHeader(HttpHeaders.IF_RANGE), etag, changed)
                ? new RequestedRange(Optional.of(range))
                : ALL;
    }

    /** Whether who has a part has one of what is there now. */
    private static boolean isOfTheSame(@Nullable String condition, String etag, long changed) {
        if (condition == null) {
            return true;
        }
        if (condition.startsWith("\"") || condition.startsWith("W/")) {
            return condition.strip().equals(etag);
        }
        try {
            return ZonedDateTime.parse(condition.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toEpochSecond()
                    == TimeUnit.MILLISECONDS.toSeconds(changed);
        } catch (DateTimeException e) {
            return false;
        }
    }

    Selection within(long size) {
        return header.map(text -> within(text, size)).orElseGet(Whole::new);
    }

    private static Selection within(String text, long size) {
        try {
            List<HttpRange> ranges = HttpRange.parseRanges(UNIT + text.substring(UNIT.length()));
            if (ranges.size() != 1) {
                return new Whole();
            }
            long from = ranges.getFirst().getRangeStart(size);
            long last = ranges.getFirst().getRangeEnd(size);
            return from >= size ? new None() : new Part(new ByteRange(from, last - from + 1));
        } catch (IllegalArgumentException e) {
            return new None();
        }
    }
}
