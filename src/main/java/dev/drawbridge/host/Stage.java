package dev.drawbridge.host;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where a {@link RoomHost} is, with what belongs to that; each says what it waits for. */
sealed interface Stage {

    /** Nobody has asked for the room yet: waits for the first who does. */
    record Asleep() implements Stage {
        static final Asleep INSTANCE = new Asleep();
    }

    /** The store is asked for the room: waits for its answer, not for ever. */
    record Opening(Handover handover) implements Stage {}

    /** The room is made of what is stored: waits for the room. */
    record Preparing() implements Stage {}

    /** The room is there: waits for nothing. */
    record Active(RoomLife life) implements Stage {}

    /**
     * The room is to be put away: waits until all is stored, and takes nothing in.
     *
     * @param asked who wants it to be put away, and to know when it is
     */
    record Settling(RoomLife life, String why, Optional<CompletableFuture<Boolean>> asked) implements Stage {}

    /** The room is to go to another node: waits until all is stored, and takes nothing in. */
    record Leaving(RoomLife life, Removal removal, CompletableFuture<Boolean> answer) implements Stage {}

    /**
     * The room has been given to another node: waits until that has it open, not for ever. Who has sockets elsewhere is to
     * go on there.
     *
     * @param whenDropped is run when this node lets go of the room meanwhile
     */
    record Following(Handover handover, Runnable whenDropped) implements Stage {}

    /**
     * The store is to take the room back, or to delete it: waits for its answer, not for ever.
     *
     * @param whenDropped is run when this node lets go of the room meanwhile
     */
    record Returning(Handover handover, Runnable whenDropped) implements Stage {}

    /** The end. */
    record Ended() implements Stage {
        static final Ended INSTANCE = new Ended();
    }

    /**
     * The store has been asked for something and has not answered yet.
     *
     * @param startedAt in milliseconds
     * @param whenOverdue what happens when it does not answer in time
     */
    record Handover(long startedAt, Runnable whenOverdue) {}
}
