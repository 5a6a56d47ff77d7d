package dev.drawbridge.host;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The other nodes that share this one's store. A node that does not answer in good time has no answer; that is no failure. */
public interface Neighbours {

    /** For a node that is alone. */
    Neighbours NONE = new Neighbours() {

        @Override
        public boolean isCluster() {
            return false;
        }

        @Override
        public List<Neighbour> all() {
            return List.of();
        }

        @Override
        public CompletionStage<Set<String>> alive(Set<String> nodeIds) {
            return CompletableFuture.completedStage(Set.of());
        }

        @Override
        public CompletionStage<Optional<List<String>>> openRooms(String nodeId, RoomQuery query) {
            return CompletableFuture.completedStage(Optional.empty());
        }

        @Override
        public CompletionStage<Optional<Map<String, Integer>>> sessions(String nodeId, List<String> roomIds) {
            return CompletableFuture.completedStage(Optional.empty());
        }

        @Override
        public Optional<String> successor() {
            return Optional.empty();
        }

        @Override
        public CompletionStage<Boolean> move(String roomId, String nodeId) {
            return CompletableFuture.completedStage(false);
        }
    };

    /** Another node. */
    record Neighbour(String nodeId, boolean draining) {}

    /** Whether there may be others at all. */
    boolean isCluster();

    /** Those that are known. */
    List<Neighbour> all();

    /** Which of these nodes are alive, those that have just come included. Fails when the store does. */
    CompletionStage<Set<String>> alive(Set<String> nodeIds);

    /** The ids of the rooms that a node has open and that are asked for: one more than the limit, if there are. */
    CompletionStage<Optional<List<String>>> openRooms(String nodeId, RoomQuery query);

    /** How many sessions are in those of the rooms that the node has open. */
    CompletionStage<Optional<Map<String, Integer>>> sessions(String nodeId, List<String> roomIds);

    /** The node that is best to take a room of this one. */
    Optional<String> successor();

    /** Takes a room that is open here to another node; ends with whether it has gone there. */
    CompletionStage<Boolean> move(String roomId, String nodeId);
}
