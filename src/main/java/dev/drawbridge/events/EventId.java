package dev.drawbridge.events;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an event stands in the log, and its name to the outside: the same however often it is sent. Ids of one log are in
 * the order in which its events were written down; another log, after the events were lost or may have been, has another name.
 * A store may keep events of several logs, in their queues for one: those of a later log have higher numbers.
 *
 * @param log which log it is: 8 characters of {@code [0-9a-f]}
 * @param number grows by each event; there may be gaps
 */
public record EventId(String log, long number) implements Comparable<EventId> {
    private static final Pattern TEXT = Pattern.compile("([0-9a-f]{8})-([0-9]{1,18})");

    /** Reads what a stranger has sent; empty when that is no id. */
    public static Optional<EventId> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new EventId(matcher.group(1), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    /** As it is sent, such as {@code 5f0c1a2b-42}. */
    public String text() {
        return log + "-" + number;
    }

    /** By their numbers: only ids of the same store are to be compared. */
    @Override
    public int compareTo(EventId other) {
        return Long.compare(number, other.number);
    }
}
