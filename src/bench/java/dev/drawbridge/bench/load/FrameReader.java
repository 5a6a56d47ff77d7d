package dev.drawbridge.bench.load;

import java.io.ByteArrayOutputStream;

/**
 * Follows the frames of one socket through reads of any size, and hands what is in them on as it comes: a hydration of
 * many megabytes is never kept. Only a message in several frames is put together first.
 */
final class FrameReader {
    private static final int CONTINUATION = 0;
    private static final int FIRST_CONTROL = 8;

    private final Listener listener;
    private long left;
    private boolean inFrame;
    private boolean last;
    private int opcode;
    private ByteArrayOutputStream parts = new ByteArrayOutputStream(0);

    /** Hears what is in the frames. */
    interface Listener {
        /**
         * A part of a message.
         *
         * @param last whether the message ends with it; then all of it is taken
         * @return how far it was taken; what is behind that is given again with what follows
         */
        int message(byte[] bytes, int from, int to, boolean last);

        /** A control frame, whole. */
        void control(int opcode, byte[] bytes, int from, int to);
    }

    FrameReader(Listener listener) {
        this.listener = listener;
    }

    /**
     * Reads what has come.
     *
     * @return how far; what is behind that is to be given again with what follows it
     */
    int read(byte[] bytes, int from, int to) {
        int at = from;
        boolean goesOn = true;
        while (goesOn) {
            boolean within = inFrame;
            int next = within ? payload(bytes, at, to) : header(bytes, at, to);
            goesOn = next > at || within != inFrame; // a frame without bytes ends where it begins
            at = next;
        }
        return at;
    }

    private int header(byte[] bytes, int at, int to) {
        if (to - at < 2) {
            return at;
        }
        int size = bytes[at + 1] & 0x7f;
        int wide = size == 126 ? 2 : size == 127 ? 8 : 0;
        int start = at + 2 + wide;
        if (start > to) {
            return at;
        }
        long length = wide == 0 ? size : 0;
        for (int i = at + 2; i < start; i++) {
            length = length << 8 | (bytes[i] & 0xff);
        }
        int kind = bytes[at] & 0x0f;
        if (kind >= FIRST_CONTROL) {
            int end = start + (int) length;
            if (end > to) {
                return at;
            }
            listener.control(kind, bytes, start, end);
            return end;
        }
        inFrame = true;
        left = length;
        last = (bytes[at] & 0x80) != 0;
        opcode = kind;
        return start;
    }

    private int payload(byte[] bytes, int at, int to) {
        int length = (int) Math.min(left, to - at);
        boolean ends = length == left;
        int taken;
        if (last && opcode != CONTINUATION) {
            taken = listener.message(bytes, at, at + length, ends) - at;
        } else {
            parts.write(bytes, at, length);
            taken = length;
            if (ends && last) {
                byte[] whole = parts.toByteArray();
                parts = new ByteArrayOutputStream(0);
                var _ = listener.message(whole, 0, whole.length, true);
            }
        }
        left -= taken;
        inFrame = !ends;
        return at + taken;
    }
}
