package dev.drawbridge.history;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names a version within its room: when it was made, in milliseconds, and some chance. In the order of their texts versions
 * are in the order in which they were made.
 *
 * @param text 12 hexadecimal digits, a hyphen, and 6 more; the same characters everywhere: in URLs, keys and file names
 */
public record VersionId(String text) implements Comparable<VersionId> {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{12}-[0-9a-f]{6}");
    private static final long LAST_MILLI = 0xffff_ffff_ffffL;

    public VersionId {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not the id of a version");
        }
    }

    /** The id that is written like this; empty when it is none. */
    public static Optional<VersionId> of(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new VersionId(text)) : Optional.empty();
    }

    /**
     * The id of a version that is made now.
     *
     * @param chance of which 24 bits are used
     */
    public static VersionId at(Instant now, int chance) {
        return of(now.toEpochMilli(), chance);
    }

    /** The id of a version that is made now and comes after this one, wherever the clock has been set meanwhile. */
    public VersionId next(Instant now, int chance) {
        return of(Math.max(now.toEpochMilli(), millis() + 1), chance);
    }

    private static VersionId of(long millis, int chance) {
        HexFormat hex = HexFormat.of();
        return new VersionId(hex.toHexDigits(Math.clamp(millis, 0, LAST_MILLI), 12) + "-" + hex.toHexDigits(chance, 6));
    }

    private long millis() {
        return HexFormat.fromHexDigitsToLong(text, 0, 12);
    }

    @Override
    public int compareTo(VersionId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
