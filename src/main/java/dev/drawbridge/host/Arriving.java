package dev.drawbridge.host;

import java.util.ArrayDeque;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A large message that comes from another node in pieces and goes out while it comes: no more of it is here than whoever
 * sends it may send before it hears that something has been taken.
 */
public final class Arriving {
    private final long length;
    private final IntConsumer whenTaken;
    private final ArrayDeque<byte[]> pieces = new ArrayDeque<>();
    private long arrived;
    private long handedOut;

    /**
     * Begins with nothing of it.
     *
     * @param length of all of it, in bytes; more than 0
     * @param whenTaken is told how many bytes the socket has taken, again and again
     */
    public Arriving(long length, IntConsumer whenTaken) {
        this.length = length;
        this.whenTaken = whenTaken;
    }

    /** A piece of it. */
    record Piece(byte[] bytes, ClientSocket.Part part) {}

    /** The next piece has come; what is more than the whole is dropped. */
    public synchronized void add(byte[] piece) {
        if (piece.length > 0 && arrived + piece.length <= length) {
            arrived += piece.length;
            pieces.add(piece);
        }
    }

    /** The next piece to send; null when it has not come yet. */
    synchronized @Nullable Piece next() {
        byte[] bytes = pieces.poll();
        if (bytes == null) {
            return null;
        }
        boolean first = handedOut == 0;
        handedOut += bytes.length;
        return new Piece(bytes, new ClientSocket.Part(first, handedOut == length));
    }

    /** Whether some of it has been handed out, and not all. */
    synchronized boolean isUnderWay() {
        return handedOut > 0 && handedOut < length;
    }

    /** Whether all of it has come. */
    public synchronized boolean isComplete() {
        return arrived == length;
    }

    void taken(Piece piece) {
        whenTaken.accept(piece.bytes.length);
    }
}
