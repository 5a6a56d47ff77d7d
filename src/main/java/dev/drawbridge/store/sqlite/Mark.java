package dev.drawbridge.store.sqlite;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands beside the database of how far it has come, for {@link RestoreWatch}. Its text has always the same length, so
 * that writing it anew never needs room on the disk.
 *
 * @param id also stands in the database; another one after each start
 * @param stored the last transaction that was stored, as known to the operating system: a power cut may lose it
 * @param reserved no transaction beyond this one was begun; always synced before it holds
 * @param boot which run of the operating system has written this; empty when it does not tell
 */
record Mark(String id, long stored, long reserved, String boot) {
    private static final Pattern READABLE = Pattern.compile("(\\S+) +stored (\\d+) reserved (\\d+) boot (\\S*) *\\n?");

    /** Empty when the text is no mark. */
    static Optional<Mark> read(String text) {
        Matcher parts = READABLE.matcher(text);
        return parts.matches()
                ? Optional.of(new Mark(
                        parts.group(1), Long.parseLong(parts.group(2)), Long.parseLong(parts.group(3)), parts.group(4)))
                : Optional.empty();
    }

    String text() {
        return "%-36s stored %019d reserved %019d boot %-36s\n".formatted(id, stored, reserved, boot);
    }

    Mark stored(long transaction) {
        return new Mark(id, transaction, reserved, boot);
    }

    Mark reserved(long upTo) {
        return new Mark(id, stored, upTo, boot);
    }

    /**
     * The last transaction that somebody may have been told of. What a killed process has written, the operating system
     * still knows; what it has written itself before it went down, it may have lost.
     */
    long mayHaveReached(String presentBoot) {
        return !boot.isEmpty() && boot.equals(presentBoot) ? stored : reserved;
    }
}
