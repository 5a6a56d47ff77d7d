package dev.drawbridge.cluster;

import dev.drawbridge.cluster.link.People;
import dev.drawbridge.cluster.owner.EdgeLink;
import dev.drawbridge.host.Relay.FarOutlet;
import dev.drawbridge.host.Removal;
import dev.drawbridge.host.RoomRegistry;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.room.Passenger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Takes rooms from this node to others, with those whose sockets are not here. */
final class Moves {
    /** An edge that has not stopped talking until then loses its sessions. */
    private static final int HOLD_MILLIS = 1_000;

    private static final int SERVICE_RESTART = 1012;

    /** To load a room takes its time. */
    private static final int BRING_MILLIS = 5_000;

    private final RoomRegistry registry;
    private final Peers peers;
    private final Supplier<JsonObject> schema;
    private final Executor executor;
    private final Deadlines deadlines;
    private final ClusterObserver observer;

    /** @param executor runs short tasks */
    Moves(
            RoomRegistry registry,
            Peers peers,
            Supplier<JsonObject> schema,
            Executor executor,
            Deadlines deadlines,
            ClusterObserver observer) {
        this.registry = registry;
        this.peers = peers;
        this.schema = schema;
        this.executor = executor;
        this.deadlines = deadlines;
        this.observer = observer;
    }

    /** Ends with whether the room has gone there. */
    CompletionStage<Boolean> move(String roomId, String successor) {
        return registry.move(roomId, new Going(roomId, successor))
                .whenComplete((gone, error) -> observer.handedOver(error == null && gone));
    }

    /** Takes these rooms away, so many at a time, each to whom is named for it; those for which nobody is named stay. */
    CompletionStage<Void> moveAll(List<String> roomIds, int atOnce, Supplier<Optional<String>> to) {
        AtomicInteger next = new AtomicInteger();
        List<CompletableFuture<Void>> lanes = new ArrayList<>();
        for (int i = 0; i < atOnce; i++) {
            lanes.add(lane(roomIds, next, to).toCompletableFuture());
        }
        return CompletableFuture.allOf(lanes.toArray(CompletableFuture[]::new));
    }

    private CompletionStage<Void> lane(List<String> roomIds, AtomicInteger next, Supplier<Optional<String>> to) {
        int index = next.getAndIncrement();
        if (index >= roomIds.size()) {
            return CompletableFuture.completedStage(null);
        }
        Optional<String> successor = to.get();
        CompletionStage<Boolean> moved = successor.isEmpty()
                ? CompletableFuture.completedStage(false)
                : move(roomIds.get(index), successor.get());
        return moved.handle((gone, error) -> gone)
                .thenComposeAsync(gone -> lane(roomIds, next, to), executor); // not as deep as there are rooms
    }

    /** One room that goes to one node. */
    private final class Going implements Removal {
        private final String roomId;
        private final String successor;
        /** Those who say nothing more. Edges answer on threads of their own. */
        private final Map<FarOutlet, EdgeLink.Hold> held = new ConcurrentHashMap<>();

        Going(String roomId, String successor) {
            this.roomId = roomId;
            this.successor = successor;
        }

        @Override
        public String successor() {
            return successor;
        }

        @Override
        public CompletionStage<Void> hold(List<FarOutlet> sessions) {
            List<CompletableFuture<Void>> edges = new ArrayList<>();
            byEdge(sessions).forEach((edge, members) -> {
                EdgeLink.Hold hold = edge.hold(roomId, members);
                edges.add(deadlines.within(HOLD_MILLIS, hold.quiet()).handle((quiet, late) -> {
                    if (late == null) {
                        members.forEach(each -> held.put(each, hold));
                    }
                    return null;
                }));
            });
            return CompletableFuture.allOf(edges.toArray(CompletableFuture[]::new));
        }

        @Override
        public CompletionStage<Boolean> bring(List<Passenger> passengers) {
            return deadlines.within(
                    BRING_MILLIS,
                    peers.link(successor)
                            .thenCompose(link -> link.bring(roomId, new People(schema.get(), passengers))));
        }

        /** Whoever came in while the others were held, or at an edge that was too late, may have said something since. */
        @Override
        public void goOn(List<FarOutlet> sessions, long clock) {
            byEdge(sessions).forEach((edge, members) -> {
                Map<EdgeLink.Hold, List<FarOutlet>> goOn = new LinkedHashMap<>();
                for (FarOutlet each : members) {
                    EdgeLink.Hold hold = held.get(each);
                    if (hold == null) {
                        each.close(SERVICE_RESTART, "");
                    } else {
                        goOn.computeIfAbsent(hold, ignored -> new ArrayList<>()).add(each);
                    }
                }
                goOn.forEach((hold, those) -> edge.goOn(hold, successor, clock, those));
            });
        }
    }

    private static Map<EdgeLink, List<FarOutlet>> byEdge(List<FarOutlet> sessions) {
        Map<EdgeLink, List<FarOutlet>> byEdge = new LinkedHashMap<>();
        for (FarOutlet each : sessions) {
            byEdge.computeIfAbsent((EdgeLink) each.relay(), edge -> new ArrayList<>())
                    .add(each);
        }
        return byEdge;
    }
}
