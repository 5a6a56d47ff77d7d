package dev.drawbridge.cluster;

import java.time.Instant;
import java.util.List;

/** Cards of nodes that are at 127.0.0.1. */
final class Cards {

    private Cards() {}

    static NodeCard card(String nodeId, double load) {
        return card(nodeId, 7070, load, false);
    }

    static NodeCard draining(String nodeId, double load) {
        return card(nodeId, 7070, load, true);
    }

    static NodeCard card(String nodeId, int port, double load, boolean draining) {
        return new NodeCard(
                nodeId, "127.0.0.1", port, 8080, false, "1", Instant.EPOCH, 0, 0, 0, 0, load, draining, List.of());
    }
}
