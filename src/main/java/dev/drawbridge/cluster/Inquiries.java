package dev.drawbridge.cluster;

import dev.drawbridge.cluster.owner.Questions;
import dev.drawbridge.host.Neighbours;
import dev.drawbridge.host.RoomQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the other nodes over the links to them, which are there already. One that hangs is waited for, but not for long. */
final class Inquiries implements Neighbours {
    private static final Logger log = LoggerFactory.getLogger(Inquiries.class);
    private static final int DEADLINE_MILLIS = 2_000;

    private final Nodes nodes;
    private final Peers peers;
    private final Whereabouts whereabouts;
    private final Moves moves;

    Inquiries(Nodes nodes, Peers peers, Whereabouts whereabouts, Moves moves) {
        this.nodes = nodes;
        this.peers = peers;
        this.whereabouts = whereabouts;
        this.moves = moves;
    }

    @Override
    public boolean isCluster() {
        return true;
    }

    @Override
    public List<Neighbour> all() {
        return nodes.others().stream()
                .map(card -> new Neighbour(card.nodeId(), card.draining()))
                .toList();
    }

    @Override
    public CompletionStage<Set<String>> alive(Set<String> nodeIds) {
        return whereabouts.alive(nodeIds);
    }

    @Override
    public CompletionStage<Optional<List<String>>> openRooms(String nodeId, RoomQuery query) {
        return ask(nodeId, Questions.openRooms(query), Questions::readOpenRooms);
    }

    @Override
    public CompletionStage<Optional<Map<String, Integer>>> sessions(String nodeId, List<String> roomIds) {
        return ask(nodeId, Questions.sessions(roomIds), Questions::readSessions);
    }

    private <T> CompletionStage<Optional<T>> ask(String nodeId, byte[] question, Function<byte[], Optional<T>> reader) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        peers.link(nodeId).whenComplete((link, error) -> {
            if (error != null) {
                answer.completeExceptionally(error);
            } else {
                CompletableFuture<byte[]> asked = link.ask(question);
                var _ = asked.whenComplete((bytes, failed) -> {
                    if (failed != null) {
                        answer.completeExceptionally(failed);
                    } else {
                        answer.complete(bytes);
                    }
                });
                var _ = answer.whenComplete((done, failed) -> asked.cancel(false)); // nobody waits for it any more
            }
        });
        return answer.orTimeout(DEADLINE_MILLIS, TimeUnit.MILLISECONDS)
                .thenApply(reader)
                .exceptionally(error -> {
                    log.warn("node {} has not answered: {}", nodeId, error.toString());
                    return Optional.empty();
                });
    }

    @Override
    public Optional<String> successor() {
        return whereabouts.successor(peers.linked()).map(NodeCard::nodeId);
    }

    @Override
    public CompletionStage<Boolean> move(String roomId, String nodeId) {
        return moves.move(roomId, nodeId);
    }
}
