package dev.drawbridge.cluster.link;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A link from a node to itself: for those whose socket is at the node that a room has moved to. Nothing is encoded, and what
 * is sent is heard by another task.
 */
public final class Loopback implements Link {
    private final String nodeId;
    private final Executor executor;
    private @Nullable Listener listener;
    private @Nullable Loopback other;
    /** What was asked for pieces and had none, and may have some later; of the executor. */
    private final List<Source> waiting = new ArrayList<>();

    private Loopback(String nodeId, Executor executor) {
        this.nodeId = nodeId;
        this.executor = executor;
    }

    /** The two ends of a link. */
    public record Ends(Loopback edge, Loopback owner) {}

    /**
     * Makes both ends.
     *
     * @param executor runs tasks in their order
     */
    public static Ends create(String nodeId, Executor executor) {
        Loopback edge = new Loopback(nodeId, executor);
        Loopback owner = new Loopback(nodeId, executor);
        edge.other = owner;
        owner.other = edge;
        return new Ends(edge, owner);
    }

    /** Who hears what comes; to be said before anything is sent. */
    public void begin(Listener itsListener) {
        listener = itsListener;
    }

    @Override
    public void send(Frame frame) {
        executor.execute(() -> {
            if (other != null && other.listener != null) {
                other.listener.received(frame);
            }
        });
    }

    @Override
    public void sendFrom(Source source) {
        executor.execute(() -> pull(source));
    }

    /** All that there is at the moment; the rest when the other side has taken it. */
    private void pull(Source source) {
        for (Frame next = source.next(); next != null; next = source.next()) {
            send(next);
        }
        if (!source.isDone()) {
            waiting.add(source);
        }
    }

    @Override
    public void hasMore() {
        executor.execute(() -> {
            List<Source> all = List.copyOf(waiting);
            waiting.clear();
            all.forEach(this::pull);
        });
    }

    /** It lasts as long as its node. */
    @Override
    public void close(String why) {}

    @Override
    public String peer() {
        return nodeId;
    }

    @Override
    public byte[] seal(byte[] text) {
        return new byte[0];
    }

    @Override
    public boolean isSealed(byte[] text, byte[] seal) {
        return true;
    }
}
