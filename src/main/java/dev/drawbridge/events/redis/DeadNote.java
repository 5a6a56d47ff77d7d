package dev.drawbridge.events.redis;

import dev.drawbridge.events.EventStoreException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What has become of a dead letter: {@code <attempts> <time> <since> <why>}, the times in milliseconds. */
record DeadNote(int attempts, Instant since, String why) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9}) -?\\d{1,18} (-?\\d{1,18}) (.*)", Pattern.DOTALL);

    static DeadNote read(String text) throws EventStoreException {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new EventStoreException("what is noted in Redis of a dead letter is damaged: " + text, null);
        }
        return new DeadNote(
                Integer.parseInt(matcher.group(1)),
                Instant.ofEpochMilli(Long.parseLong(matcher.group(2))),
                matcher.group(3));
    }
}
