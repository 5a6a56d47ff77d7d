package dev.drawbridge.history;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a version of a room's document without reading it.
 *
 * @param time when it was made
 * @param clock the document clock that it shows; that of a room never goes back
 * @param name what somebody has called it; a version with a name is not thinned out
 * @param contributors who changed the room since the version before, each once; not more than {@link #MOST_CONTRIBUTORS}
 * @param records how many records it has
 * @param bytes the size of its records as UTF-8 JSON
 * @param sha256 of its whole content, in hexadecimal; {@code history.chain} says of what
 */
public record Version(
        VersionId id,
        Instant time,
        long clock,
        Optional<String> name,
        Reason reason,
        List<Contributor> contributors,
        int records,
        long bytes,
        String sha256) {

    /** More are not remembered of a version. */
    public static final int MOST_CONTRIBUTORS = 100;

    /** A longer name is not taken. */
    public static final int LONGEST_NAME = 200;

    public Version {
        contributors = List.copyOf(contributors);
    }

    /** The same version under another name, or without one. */
    public Version named(Optional<String> newName) {
        return new Version(id, time, clock, newName, reason, contributors, records, bytes, sha256);
    }
}
