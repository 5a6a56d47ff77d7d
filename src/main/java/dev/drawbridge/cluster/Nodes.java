package dev.drawbridge.cluster;

import dev.drawbridge.store.Membership;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Who else is a member, as of the last heartbeat. For any thread. */
public final class Nodes {
    private volatile Map<String, NodeCard> others = Map.of();

    void update(Membership.Roll roll) {
        Map<String, NodeCard> now = new TreeMap<>();
        roll.others().forEach((nodeId, card) -> NodeCard.decode(nodeId, card).ifPresent(read -> now.put(nodeId, read)));
        others = Map.copyOf(now);
    }

    /** It is known to be gone before the heartbeat tells. */
    synchronized void forget(String nodeId) {
        Map<String, NodeCard> now = new TreeMap<>(others);
        now.remove(nodeId);
        others = Map.copyOf(now);
    }

    public Optional<NodeCard> find(String nodeId) {
        return Optional.ofNullable(others.get(nodeId));
    }

    /** All others, in the order of their ids. */
    public List<NodeCard> others() {
        Collection<NodeCard> all = new TreeMap<>(others).values();
        return List.copyOf(all);
    }
}
