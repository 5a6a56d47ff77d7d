package dev.drawbridge.room;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which clocks a room has not seen that went on here after another server had counted for it (§21.21). That server's clocks
 * are good up to the one at which the room was taken over, and ours from another on, far beyond. Between them is what that
 * server may have done since, what another taking over of the same room has come to, and what nobody has counted: a client
 * that is there has to be wiped.
 *
 * <p>It is kept as a tombstone that names the one clock and has the other: so every store keeps it, and forgets it with the
 * history that it is about, when clients of the other server are wiped anyway.
 *
 * @param last the last clock of the other server
 * @param first our first one
 */
record ForeignClocks(long last, long first) {
    /** No id of a record: these begin with their type, and a colon. */
    private static final String PREFIX = "drawbridge-taken-over-at-";

    private static final Pattern MARK = Pattern.compile(PREFIX + "([0-9]{1,16})");

    static List<ForeignClocks> in(Map<String, Long> tombstones) {
        return tombstones.entrySet().stream()
                .flatMap(tombstone -> {
                    Matcher mark = MARK.matcher(tombstone.getKey());
                    return mark.matches()
                            ? List.of(new ForeignClocks(Long.parseLong(mark.group(1)), tombstone.getValue())).stream()
                            : List.<ForeignClocks>of().stream();
                })
                .toList();
    }

    /** Whether a tombstone is of no record, but tells of this. */
    static boolean isMark(String id) {
        return id.startsWith(PREFIX);
    }

    String mark() {
        return PREFIX + last;
    }

    /** Whether nobody has seen that clock here. */
    boolean isBetween(long clock) {
        return last < clock && clock < first;
    }
}
