package dev.drawbridge.host;

import java.util.concurrent.CompletableFuture;

/** What has come to a room host and waits for its turn. */
sealed interface Waiting {

    /** The host has ended before its turn came. */
    void dropped();

    /** Another node has the room open. */
    default void elsewhere(String nodeId) {
        dropped();
    }

    /** Whether the room is opened for it when it is not open. */
    boolean opensRoom();

    /** Whether handling it may take long. */
    default boolean isLong() {
        return false;
    }

    /** Something for the room. */
    record Input(RoomInput input) implements Waiting {
        @Override
        public boolean opensRoom() {
            return input.opensRoom();
        }

        @Override
        public boolean isLong() {
            return input.isLong();
        }

        @Override
        public void dropped() {
            input.dropped();
        }

        @Override
        public void elsewhere(String nodeId) {
            input.elsewhere(nodeId);
        }
    }

    /**
     * The room is to go to another node.
     *
     * @param answer whether it has gone there, with those whom it could take along
     */
    record Move(String roomId, Removal removal, CompletableFuture<Boolean> answer) implements Waiting {

        @Override
        public boolean opensRoom() {
            return false;
        }

        @Override
        public void dropped() {
            answer.complete(false);
        }
    }

    /**
     * An operator wants the room to be put away, or to be gone.
     *
     * @param answer whether there was something to put away or to delete
     */
    record End(String roomId, Kind kind, CompletableFuture<Boolean> answer) implements Waiting {
        enum Kind {
            /** It is stored and loaded anew when somebody comes. */
            UNLOAD,
            /** It is deleted for good, with all that is stored of it. */
            DELETE
        }

        @Override
        public boolean opensRoom() {
            return false;
        }

        @Override
        public void elsewhere(String nodeId) {
            answer.completeExceptionally(new RoomCommandException.OwnedElsewhere(roomId, nodeId));
        }

        @Override
        public void dropped() {
            answer.completeExceptionally(
                    new RoomCommandException.Unavailable("The room " + roomId + " cannot be used at the moment"));
        }
    }
}
