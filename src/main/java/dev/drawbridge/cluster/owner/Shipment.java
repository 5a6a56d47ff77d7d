package dev.drawbridge.cluster.owner;

import dev.drawbridge.cluster.link.Frame;
import dev.drawbridge.cluster.link.Link;
import dev.drawbridge.protocol.Payload;
import java.io.ByteArrayOutputStream;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * A hydration on its way to one client. No more of it goes over the link than the client's socket takes, but for a little: a
 * client that reads slowly holds up nobody, and costs the node that has its socket no more than that.
 */
final class Shipment implements Link.Source {
    /** How much may be on the way that the client's socket has not taken. */
    static final int WINDOW = 128 << 10;

    private static final int PIECE = 32 << 10;

    private final int session;
    private final Iterator<byte[]> slices;
    private byte[] slice = {};
    private int offset;
    private long left;
    private int window = WINDOW;

    Shipment(int session, Payload payload) {
        this.session = session;
        this.slices = payload.slices();
        this.left = payload.length();
    }

    @Override
    public synchronized @Nullable Frame next() {
        if (left == 0 || window < PIECE) {
            return null;
        }
        ByteArrayOutputStream piece = new ByteArrayOutputStream((int) Math.min(PIECE, left));
        while (piece.size() < PIECE && left > 0) {
            if (offset == slice.length) {
                slice = slices.next();
                offset = 0;
            }
            int part = Math.min(slice.length - offset, PIECE - piece.size());
            piece.write(slice, offset, part);
            offset += part;
            left -= part;
        }
        window -= piece.size();
        return new Frame.Piece(session, piece.toByteArray());
    }

    @Override
    public synchronized boolean isDone() {
        return left == 0;
    }

    synchronized void taken(int bytes) {
        window += bytes;
    }

    synchronized long left() {
        return left;
    }

    /** Nobody waits for the rest. */
    synchronized void stop() {
        left = 0;
    }
}
