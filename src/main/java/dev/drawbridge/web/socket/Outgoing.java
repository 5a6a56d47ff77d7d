package dev.drawbridge.web.socket;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;

/** A frame on its way out. What the network has not taken is not copied: it stays in the slices that it came in. */
final class Outgoing {
    private final Iterator<byte[]> slices;
    /** Slices that were looked at and are not taken yet, the first of them from {@code offset} on. */
    private final ArrayDeque<byte[]> window = new ArrayDeque<>();

    private int offset;
    private long left;
    private final Kind kind;

    private enum Kind {
        MESSAGE,
        PONG,
        CLOSE
    }

    private Outgoing(byte[] header, Iterator<byte[]> slices, long length, Kind kind) {
        this.slices = slices;
        this.left = header.length + length;
        this.kind = kind;
        window.add(header);
    }

    /** A message: its header, and its payload as it is made. */
    static Outgoing message(byte[] header, Iterator<byte[]> payload, long length) {
        return new Outgoing(header, payload, length, Kind.MESSAGE);
    }

    static Outgoing pong(byte[] frame) {
        return new Outgoing(frame, List.<byte[]>of().iterator(), 0, Kind.PONG);
    }

    static Outgoing close(byte[] frame) {
        return new Outgoing(frame, List.<byte[]>of().iterator(), 0, Kind.CLOSE);
    }

    /** Whether nothing may follow it. */
    boolean isClose() {
        return kind == Kind.CLOSE;
    }

    boolean isMessage() {
        return kind == Kind.MESSAGE;
    }

    /** How many bytes the network has not taken yet. */
    long left() {
        return left;
    }

    /** Puts what comes next into the buffer, as much as fits, without taking it. */
    void fill(ByteBuffer buffer) {
        int from = offset;
        for (byte[] slice : window) {
            put(slice, from, buffer);
            from = 0;
            if (!buffer.hasRemaining()) {
                return;
            }
        }
        while (buffer.hasRemaining() && slices.hasNext()) {
            byte[] slice = slices.next();
            window.add(slice);
            put(slice, 0, buffer);
        }
    }

    private static void put(byte[] slice, int from, ByteBuffer buffer) {
        buffer.put(slice, from, Math.min(slice.length - from, buffer.remaining()));
    }

    /** The network has taken so many of the bytes that were put into the buffer. */
    void taken(int bytes) {
        left -= bytes;
        int rest = bytes + offset;
        while (!window.isEmpty() && rest >= window.getFirst().length) {
            rest -= window.removeFirst().length;
        }
        offset = rest;
    }
}
