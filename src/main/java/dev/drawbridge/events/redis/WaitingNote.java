package dev.drawbridge.events.redis;

import dev.drawbridge.events.EventStoreException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What has become so far of an event that waits: {@code <attempts> <time> <due at>}, in milliseconds.
 *
 * @param time when it has happened
 */
record WaitingNote(int attempts, Instant time, Instant dueAt) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9}) (-?\\d{1,18}) (-?\\d{1,18})");

    static WaitingNote read(String text) throws EventStoreException {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new EventStoreException("what is noted in Redis of a waiting event is damaged: " + text, null);
        }
        return new WaitingNote(
                Integer.parseInt(matcher.group(1)),
                Instant.ofEpochMilli(Long.parseLong(matcher.group(2))),
                Instant.ofEpochMilli(Long.parseLong(matcher.group(3))));
    }
}
