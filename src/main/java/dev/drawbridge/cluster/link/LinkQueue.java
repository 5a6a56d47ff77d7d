package dev.drawbridge.cluster.link;

import dev.drawbridge.host.ByteBudget;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What waits to go out over a link: frames in their order, and when there are none, pieces of what is large, by turns. What
 * waits is counted in bytes: a link that takes too little is to be closed.
 */
public final class LinkQueue {
    private final ByteBudget budget;
    private final long mostBytes;
    private final ArrayDeque<byte[]> frames = new ArrayDeque<>();
    private final ArrayDeque<Link.Source> sources = new ArrayDeque<>();
    private long bytes;
    private boolean closed;

    /**
     * Begins empty.
     *
     * @param budget of what waits at this node to go out
     * @param mostBytes with more than this a link is too slow; one frame may be larger
     */
    public LinkQueue(ByteBudget budget, long mostBytes) {
        this.budget = budget;
        this.mostBytes = mostBytes;
    }

    /** False when too much waits: the link is to be closed. */
    public synchronized boolean add(byte[] frame) {
        if (closed) {
            return true;
        }
        boolean fits = bytes <= mostBytes;
        frames.add(frame);
        bytes += frame.length;
        budget.add(frame.length);
        return fits;
    }

    public synchronized void add(Link.Source source) {
        if (!closed) {
            sources.add(source);
        }
    }

    /** The next one to go out; null when there is none. */
    public synchronized byte @Nullable [] next() {
        byte[] frame = frames.poll();
        if (frame != null) {
            bytes -= frame.length;
            budget.giveBack(frame.length);
            return frame;
        }
        return piece();
    }

    private byte @Nullable [] piece() {
        for (int i = sources.size(); i > 0; i--) {
            Link.Source source = sources.remove();
            Frame piece = source.next();
            if (!source.isDone()) {
                sources.add(source);
            }
            if (piece != null) {
                return FrameCodec.encode(piece);
            }
        }
        return null;
    }

    /** How much waits. */
    public synchronized long bytes() {
        return bytes;
    }

    /** Nothing goes out any more. */
    public synchronized void close() {
        closed = true;
        budget.giveBack(bytes);
        bytes = 0;
        frames.clear();
        sources.clear();
    }
}
