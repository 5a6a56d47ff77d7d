package dev.drawbridge.cluster.edge;

import dev.drawbridge.host.ByteBudget;
import dev.drawbridge.host.HostClock;
import dev.drawbridge.host.HostObserver;
import dev.drawbridge.loop.Loop;
import java.util.function.Supplier;

/**
 * What the edge's side needs of its node.
 *
 * @param loops gives the loop for one more socket
 * @param outboxBytes how much may wait for one client
 * @param outgoing what waits at the node to go out
 */
public record EdgeServices(
        Supplier<Loop> loops, long outboxBytes, ByteBudget outgoing, HostClock clock, HostObserver observer) {}
