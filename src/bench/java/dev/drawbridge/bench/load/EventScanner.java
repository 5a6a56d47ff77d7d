package dev.drawbridge.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds in a server's message what is measured, by what follows a quotation mark, without reading it as JSON. The
 * generator's own records hold nothing that could be mistaken for it.
 */
final class EventScanner {
    /** No more bytes than these have to be seen to judge a quotation mark: the longest name, {@code ["put",} and a number. */
    static final int LONGEST = 64;

    private static final byte[] SERVER_CLOCK = ascii("\"serverClock\":");
    private static final byte[] PUSH_RESULT = ascii("\"push_result\"");
    private static final byte[] PONG = ascii("\"pong\"");
    private static final byte[] ACTIVITY = ascii("\"lastActivityTimestamp\":");
    private static final byte[] SHAPE_TIME = ascii("\"t\":[");
    private static final byte[] CLIENT_CLOCK = ascii("\"clientClock\":");
    private static final byte[] COMMIT = ascii("\"commit\"");
    private static final byte[] DISCARD = ascii("\"discard\"");
    private static final byte[] REBASE = ascii("\"rebaseWithDiff\"");

    /** Is told what was found, in the order of the message. */
    interface Sink {
        /** A patch or the result of a push. */
        void event();

        void result();

        /** A presence record, or the change of one, that was sent at that time. */
        void presence(long sentAt);

        /** The change of a shape that was sent at that time. */
        void document(long sentAt);

        /** The number of a push that is answered. */
        void answered(long clientClock);

        void commit();

        void discard();

        void rebase();

        void pong();
    }

    private final Sink sink;

    EventScanner(Sink sink) {
        this.sink = sink;
    }

    /**
     * Scans a part of a message.
     *
     * @param last whether the message ends with it
     * @return how far it came: what is behind that, fewer bytes than {@link #LONGEST}, is to be given again with what
     *     follows it
     */
    int scan(byte[] bytes, int from, int to, boolean last) {
        int sure = last ? to : to - LONGEST + 1;
        int at = from;
        while (at < sure) {
            at = bytes[at] == '"' ? name(bytes, at, to) : at + 1;
        }
        return Math.min(at, to);
    }

    private int name(byte[] bytes, int at, int to) {
        if (at + 1 >= to) {
            return at + 1;
        }
        switch (bytes[at + 1]) {
            case 's' -> {
                if (is(SERVER_CLOCK, bytes, at, to)) {
                    sink.event();
                    return at + SERVER_CLOCK.length;
                }
            }
            case 'p' -> {
                if (is(PUSH_RESULT, bytes, at, to)) {
                    sink.result();
                    return at + PUSH_RESULT.length;
                }
                if (is(PONG, bytes, at, to)) {
                    sink.pong();
                }
            }
            case 'l' -> {
                if (is(ACTIVITY, bytes, at, to)) {
                    sink.presence(number(bytes, at + ACTIVITY.length, to));
                    return at + ACTIVITY.length;
                }
            }
            case 't' -> {
                if (is(SHAPE_TIME, bytes, at, to)) {
                    sink.document(number(bytes, at + SHAPE_TIME.length, to));
                    return at + SHAPE_TIME.length;
                }
            }
            case 'c' -> {
                if (is(CLIENT_CLOCK, bytes, at, to)) {
                    sink.answered(number(bytes, at + CLIENT_CLOCK.length, to));
                    return at + CLIENT_CLOCK.length;
                }
                if (is(COMMIT, bytes, at, to)) {
                    sink.commit();
                }
            }
            case 'd' -> {
                if (is(DISCARD, bytes, at, to)) {
                    sink.discard();
                }
            }
            case 'r' -> {
                if (is(REBASE, bytes, at, to)) {
                    sink.rebase();
                }
            }
            default -> {
                // nothing that is measured
            }
        }
        return at + 1;
    }

    private static boolean is(byte[] name, byte[] bytes, int at, int to) {
        return at + name.length <= to && Arrays.equals(name, 0, name.length, bytes, at, at + name.length);
    }

    /** The first number from there on, also behind {@code ["put",}. */
    private static long number(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && !isDigit(bytes[at])) {
            at++;
        }
        int first = at;
        long number = 0;
        while (at < to && isDigit(bytes[at])) {
            number = number * 10 + (bytes[at++] - '0');
        }
        if (at < to && (bytes[at] == '.' || bytes[at] == 'e' || bytes[at] == 'E')) {
            while (at < to && (isDigit(bytes[at]) || ".eE+-".indexOf(bytes[at]) >= 0)) {
                at++;
            }
            return (long) Double.parseDouble(new String(bytes, first, at - first, StandardCharsets.US_ASCII));
        }
        return number;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
