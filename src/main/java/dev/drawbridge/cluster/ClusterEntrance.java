package dev.drawbridge.cluster;

import dev.drawbridge.cluster.edge.EdgeServices;
import dev.drawbridge.cluster.edge.EdgeSession;
import dev.drawbridge.cluster.edge.OwnerLink;
import dev.drawbridge.host.Attendance;
import dev.drawbridge.host.ClientConnection;
import dev.drawbridge.host.ClientSocket;
import dev.drawbridge.host.Entrance;
import dev.drawbridge.host.Entry;
import dev.drawbridge.host.RoomRegistry;
import dev.drawbridge.room.Visitor;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
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

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final String nodeId;
    private final RoomRegistry registry;
    private final Whereabouts whereabouts;
    private final Peers peers;
    private final EdgeServices services;

    ClusterEntrance(String nodeId, RoomRegistry registry, Whereabouts whereabouts, Peers peers, EdgeServices services) {
        this.nodeId = nodeId;
        this.registry = registry;
        this.whereabouts = whereabouts;
        this.peers = peers;
        this.services = services;
    }

    @Override
    public Optional<? extends Attendance> join(String roomId, Visitor visitor, ClientSocket socket) {
        try {
            String to = await(whereabouts.toOpen(roomId));
            for (int way = 0; way < MOST_WAYS; way++) {
                Attempt attempt =
                        to.equals(nodeId) ? here(roomId, visitor, socket) : there(to, roomId, visitor, socket);
                switch (attempt) {
                    case Attempt.In(Attendance attendance) -> {
                        return Optional.of(attendance);
                    }
                    case Attempt.Out() -> {
                        return Optional.empty();
                    }
                    case Attempt.Elsewhere(String other) -> to = other;
                }
            }
            log.warn("room {}: nobody says that it is there, each names another node", roomId);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the socket is gone
        } catch (ExecutionException | TimeoutException e) {
            log.debug("room {}: it cannot be told where it is", roomId, e);
        }
        socket.close(registry.retriableCode(), "");
        return Optional.empty();
    }

    /** What came of trying one node. */
    private sealed interface Attempt {
        record In(Attendance attendance) implements Attempt {}

        /** The socket has been closed. */
        record Out() implements Attempt {}

        record Elsewhere(String nodeId) implements Attempt {}

        static Attempt of(Entry entry, Attendance attendance) {
            return switch (entry) {
                case Entry.Taken ignored -> new In(attendance);
                case Entry.TurnedAway ignored -> new Out();
                case Entry.Elsewhere(String nodeId) -> new Elsewhere(nodeId);
            };
        }
    }

    private Attempt here(String roomId, Visitor visitor, ClientSocket socket)
            throws InterruptedException, ExecutionException, TimeoutException {
        Optional<ClientConnection> joined = registry.join(roomId, visitor, socket);
        return joined.isEmpty()
                ? new Attempt.Out()
                : Attempt.of(await(joined.get().entry(), joined.get()), joined.get());
    }

    private Attempt there(String to, String roomId, Visitor visitor, ClientSocket socket)
            throws InterruptedException, ExecutionException, TimeoutException {
        OwnerLink link = await(peers.link(to));
        EdgeSession session = new EdgeSession(roomId, visitor, socket, services);
        Attempt attempt = Attempt.of(await(link.join(session), session), session);
        if (attempt instanceof Attempt.In) {
            session.entered();
        }
        return attempt;
    }

    private static <T> T await(CompletionStage<T> stage)
            throws InterruptedException, ExecutionException, TimeoutException {
        return await(stage, null);
    }

    /** @param attendance is ended when nobody waits for it any more */
    private static <T> T await(CompletionStage<T> stage, @Nullable Attendance attendance)
            throws InterruptedException, ExecutionException, TimeoutException {
        boolean done = false;
        try {
            T result = stage.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            done = true;
            return result;
        } finally {
            if (!done && attendance != null) {
                attendance.closed();
            }
        }
    }
}
