package dev.drawbridge.cluster.link;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Makes links to other nodes, and lets others make them. */
public interface Links extends AutoCloseable {

    /**
     * Where a node can be reached.
     *
     * @param nodeId the one that is meant
     */
    record Address(String nodeId, String host, int port) {}

    /**
     * Dials a node. The stage fails with a {@link NotReachedException} when there is no link.
     *
     * @param listener makes the one who hears what comes over the link
     */
    CompletionStage<Link> dial(Address address, Function<Link, Link.Listener> listener);

    @Override
    void close();
}
