package dev.drawbridge.bench.load;

import java.util.Arrays;

/** Recognizes the answer to a connect, which may have many megabytes, by its head. */
final class JoinAnswer {
    /** A longer message than that, before anything else has come, is the answer, however it begins. */
    private static final int SURELY = 4_000;

    private static final int HEAD = 1_024;
    private static final byte[] NAME = Outgoing.ascii("\"connectRequestId\"");
    private static final byte[] SHAPE = Outgoing.ascii("\"typeName\":\"shape\"");

    private boolean countsShapes;
    private boolean named;
    private long length;
    private int shapes;

    /** Has all of it read. */
    void countShapes() {
        countsShapes = true;
    }

    /** Takes a part of a message; returns how far. */
    int take(byte[] bytes, int from, int to, boolean last) {
        int taken = to;
        if (countsShapes || length < HEAD) {
            taken = last ? to : Math.max(from, to - EventScanner.LONGEST);
            for (int at = from; at < taken; at++) {
                if (bytes[at] == '"') {
                    named |= startsWith(NAME, bytes, at, to);
                    shapes += startsWith(SHAPE, bytes, at, to) ? 1 : 0;
                }
            }
        }
        length += taken - from;
        return taken;
    }

    /** Whether what was taken, a whole message, is the answer; if not, another may be. */
    boolean isIt() {
        boolean isIt = named || length > SURELY;
        if (!isIt) {
            length = 0;
            shapes = 0;
        }
        return isIt;
    }

    private static boolean startsWith(byte[] text, byte[] bytes, int at, int to) {
        return at + text.length <= to && Arrays.equals(text, 0, text.length, bytes, at, at + text.length);
    }

    long length() {
        return length;
    }

    int shapes() {
        return shapes;
    }
}
