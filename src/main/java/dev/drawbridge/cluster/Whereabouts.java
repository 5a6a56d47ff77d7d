package dev.drawbridge.cluster;

import dev.drawbridge.host.RoomRegistry;
import dev.drawbridge.store.Liveness;
import dev.drawbridge.store.RoomStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/** At which node a room is, or should be. What it says may be wrong a moment later: the store has the last word. */
public final class Whereabouts {
    private final String nodeId;
    private final RoomRegistry registry;
    private final RoomStore store;
    private final Nodes nodes;
    private final Liveness liveness;
    private final Placement placement;
    private final DoubleSupplier load;

    Whereabouts(
            String nodeId,
            RoomRegistry registry,
            RoomStore store,
            Nodes nodes,
            Liveness liveness,
            Placement placement,
            DoubleSupplier load) {
        this.nodeId = nodeId;
        this.registry = registry;
        this.store = store;
        this.nodes = nodes;
        this.liveness = liveness;
        this.placement = placement;
        this.load = load;
    }

    /**
     * The node that is to be asked for a room: this one, as a rule, for it learns who has the room when it asks the store for it.
     * Only when it is clearly busier than another that it has a link to it looks first.
     *
     * @param linked the nodes that this one has a link to
     */
    CompletionStage<String> toOpen(String roomId, Collection<String> linked) {
        if (registry.isOpen(roomId)) {
            return CompletableFuture.completedStage(nodeId);
        }
        Optional<NodeCard> better = placement.better(load.getAsDouble(), linkedOnes(linked), false);
        return better.isEmpty()
                ? CompletableFuture.completedStage(nodeId)
                : owner(roomId)
                        .thenApply(owner -> owner.orElseGet(() -> better.get().nodeId()));
    }

    /** The node that has a room open; empty when none has. It may be one that has only just become a member. */
    public CompletionStage<Optional<String>> owner(String roomId) {
        return registry.hasOpened(roomId)
                ? CompletableFuture.completedStage(Optional.of(nodeId))
                : store.owner(roomId).thenCompose(owner -> owner.map(this::ifAlive)
                        .orElseGet(() -> CompletableFuture.completedStage(Optional.empty())));
    }

    private CompletionStage<Optional<String>> ifAlive(String named) {
        return isKnown(named)
                ? CompletableFuture.completedStage(Optional.of(named))
                : liveness.isAlive(named).thenApply(alive -> Optional.of(named).filter(node -> alive));
    }

    /** Which of these nodes are alive. The store is asked about those that the last heartbeat did not tell of. */
    CompletionStage<Set<String>> alive(Set<String> nodeIds) {
        Set<String> alive = ConcurrentHashMap.newKeySet();
        List<CompletableFuture<?>> asked = new ArrayList<>();
        for (String each : nodeIds) {
            if (isKnown(each)) {
                alive.add(each);
            } else {
                asked.add(liveness.isAlive(each)
                        .thenAccept(is -> {
                            if (is) {
                                alive.add(each);
                            }
                        })
                        .toCompletableFuture());
            }
        }
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).thenApply(done -> alive);
    }

    private boolean isKnown(String named) {
        return named.equals(nodeId) || nodes.find(named).isPresent();
    }

    /**
     * Another one for a room that is open here; empty when there is none. One to which there is no link has just come, and
     * would keep the room's people waiting until there is.
     *
     * @param linked the nodes that this one has a link to
     */
    Optional<NodeCard> successor(Collection<String> linked) {
        return placement.better(1, linkedOnes(linked), true).or(() -> placement.better(1, nodes.others(), true));
    }

    private List<NodeCard> linkedOnes(Collection<String> linked) {
        return nodes.others().stream()
                .filter(each -> linked.contains(each.nodeId()))
                .toList();
    }
}
