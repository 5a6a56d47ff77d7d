package dev.drawbridge.store;

import dev.drawbridge.room.DocumentChange;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Keeps rooms. All calls return at once; the stage ends, on a thread of the store, when the answer is known. A stage that
 * fails says nothing about whether its write happened.
 *
 * <p>INVARIANTS, for every implementation:
 *
 * <ol>
 *   <li>A commit is atomic: after a crash at any instant the stored room is either as before or as after it.
 *   <li>When a stage ends with {@code Committed}, the change survives {@code kill -9}.
 *   <li>Each {@code open} of a room makes all former owners powerless: their commits are answered with {@code Fenced} and
 *       write nothing.
 *   <li>A commit applies only to a room whose clock is the change's previous clock; else it is a {@code Conflict}.
 *   <li>A commit may be repeated: if the room has the change's clock, and the owner is the same, it is {@code Committed}.
 *   <li>A commit writes what changed, never the whole room.
 *   <li>Room ids and record ids are any text; none of them means anything to the store.
 * </ol>
 */
public interface RoomStore extends AutoCloseable {

    /** Reads a room and makes the caller its owner. */
    CompletionStage<OpenedRoom> open(String roomId);

    /** Stores a change. The first change of a room that is not stored yet starts from clock 0. */
    CompletionStage<CommitResult> commit(String roomId, Ownership owner, DocumentChange change);

    /** Gives the room back; nothing happens when somebody else owns it by now. */
    CompletionStage<Void> release(String roomId, Ownership owner);

    /** Deletes a room for good; the answer says whether there was one. An owner that still runs is fenced. */
    CompletionStage<Boolean> delete(String roomId);

    /**
     * Lists stored rooms whose id starts with a prefix, in the order of their ids.
     *
     * @param after the last id of the page before
     */
    CompletionStage<RoomPage> list(String prefix, Optional<String> after, int limit);

    /** Ends what is under way and lets go of files and connections. */
    @Override
    void close();
}
