package dev.drawbridge.cluster;

import dev.drawbridge.cluster.edge.EdgeServices;
import dev.drawbridge.cluster.edge.EdgeSession;
import dev.drawbridge.host.Attendance;
import dev.drawbridge.host.ClientConnection;
import dev.drawbridge.host.ClientSocket;
import dev.drawbridge.host.Entrance;
import dev.drawbridge.host.Entry;
import dev.drawbridge.host.RoomRegistry;
import dev.drawbridge.room.Visitor;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings clients into rooms wherever these are open: here, or at another node, over the link to it. Where a room is becomes
 * known by asking to open it.
 */
final class ClusterEntrance implements Entrance {
    private static final Logger log = LoggerFactory.getLogger(ClusterEntrance.class);

    /** A room may move while somebody is on the way to it, but not for ever. */
    private static final int MOST_WAYS = 4;

    private static final int PATIENCE_MILLIS = 15_000;

    private final String nodeId;
    private final RoomRegistry registry;
    private final Whereabouts whereabouts;
    private final Peers peers;
    private final EdgeServices services;
    private final Deadlines deadlines;

    ClusterEntrance(
            String nodeId,
            RoomRegistry registry,
            Whereabouts whereabouts,
            Peers peers,
            EdgeServices services,
            Deadlines deadlines) {
        this.nodeId = nodeId;
        this.registry = registry;
        this.whereabouts = whereabouts;
        this.peers = peers;
        this.services = services;
        this.deadlines = deadlines;
    }

    @Override
    public Optional<? extends Attendance> join(String roomId, Visitor visitor, ClientSocket socket) {
        CompletableFuture<Optional<Attendance>> joined =
                joined(roomId, visitor, socket).toCompletableFuture();
        try {
            return joined.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the socket is gone
            var _ = joined.thenAccept(late -> late.ifPresent(Attendance::closed));
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** The same without waiting: ends with who has come in, empty when the socket has been closed. */
    CompletionStage<Optional<Attendance>> joined(String roomId, Visitor visitor, ClientSocket socket) {
        if (registry.isDraining()) {
            socket.close(registry.retriableCode(), "");
            return CompletableFuture.completedStage(Optional.empty());
        }
        return within(whereabouts.toOpen(roomId, peers.linked()))
                .thenCompose(to -> attempt(to, MOST_WAYS, roomId, visitor, socket))
                .exceptionally(error -> {
                    log.debug("room {}: it cannot be told where it is", roomId, error);
                    socket.close(registry.retriableCode(), "");
                    return Optional.empty();
                });
    }

    private CompletionStage<Optional<Attendance>> attempt(
            String to, int ways, String roomId, Visitor visitor, ClientSocket socket) {
        if (ways == 0) {
            log.warn("room {}: nobody says that it is there, each names another node", roomId);
            socket.close(registry.retriableCode(), "");
            return CompletableFuture.completedStage(Optional.empty());
        }
        return (to.equals(nodeId) ? here(roomId, visitor, socket) : there(to, roomId, visitor, socket))
                .thenCompose(attempt -> switch (attempt) {
                    case Attempt.Done(Attendance attendance) ->
                        CompletableFuture.completedStage(Optional.of(attendance));
                    case Attempt.Out() -> CompletableFuture.completedStage(Optional.empty());
                    case Attempt.Elsewhere(String other) -> attempt(other, ways - 1, roomId, visitor, socket);
                });
    }

    /** What came of trying one node. */
    private sealed interface Attempt {
        /** It is in, or its socket is being closed: it has that until the end. */
        record Done(Attendance attendance) implements Attempt {}

        /** The socket has been closed. */
        record Out() implements Attempt {}

        record Elsewhere(String nodeId) implements Attempt {}

        static Attempt of(Entry entry, Attendance attendance) {
            return switch (entry) {
                case Entry.Taken ignored -> new Done(attendance);
                case Entry.TurnedAway ignored -> new Done(attendance);
                case Entry.Elsewhere(String nodeId) -> new Elsewhere(nodeId);
            };
        }
    }

    private CompletionStage<Attempt> here(String roomId, Visitor visitor, ClientSocket socket) {
        Optional<ClientConnection> joined = registry.join(roomId, visitor, socket);
        return joined.isEmpty()
                ? CompletableFuture.completedStage(new Attempt.Out())
                : entered(joined.get().entry(), joined.get());
    }

    private CompletionStage<Attempt> there(String to, String roomId, Visitor visitor, ClientSocket socket) {
        return within(peers.link(to)).thenCompose(link -> {
            EdgeSession session = new EdgeSession(roomId, visitor, socket, services);
            return entered(link.join(session), session).thenApply(attempt -> {
                if (attempt instanceof Attempt.Done) {
                    session.entered();
                }
                return attempt;
            });
        });
    }

    /** The attendance is ended when nobody waits for it any more. */
    private CompletionStage<Attempt> entered(CompletionStage<Entry> entry, Attendance attendance) {
        return within(entry).thenApply(came -> Attempt.of(came, attendance)).whenComplete((attempt, error) -> {
            if (error != null) {
                attendance.closed();
            }
        });
    }

    private <T> CompletionStage<T> within(CompletionStage<T> stage) {
        return deadlines.within(PATIENCE_MILLIS, stage);
    }
}
