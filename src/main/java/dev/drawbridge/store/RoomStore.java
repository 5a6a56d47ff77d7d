package dev.drawbridge.store;

import dev.drawbridge.room.DocumentChange;
import dev.drawbridge.room.RoomSnapshot;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Keeps rooms. All calls return at once; the stage ends, on a thread of the store, when the answer is known. A stage that
 * fails says nothing about whether its write happened: repeat it, or open the room anew and look.
 *
 * <p>INVARIANTS, for every implementation:
 *
 * <ol>
 *   <li>A commit is atomic: after a crash at any instant the stored room is either as before or as after it.
 *   <li>When a stage ends with {@code Committed}, the change survives {@code kill -9} of this process; what else it
 *       survives (power cut, loss of a machine) is said by each implementation.
 *   <li>Each {@code open} of a room that succeeds makes all former owners powerless: their commits are answered with {@code Fenced} and
 *       write nothing. So do {@code release} and {@code delete}.
 *   <li>A commit applies only to a room whose clock is the change's previous clock; else it is a {@code Conflict} and
 *       writes nothing.
 *   <li>A commit may be repeated by its owner, one commit of a room under way at a time: if the room has the change's
 *       clock already, it is {@code Committed}.
 *   <li>A commit writes what changed, never the whole room.
 *   <li>What is opened is the room at one instant. If it cannot be read completely (damage, an opening by somebody else
 *       meanwhile) the stage fails: never is there an empty or partial room where something is stored.
 *   <li>What cannot be read is left as it is, and troubles no other room. {@code delete} works on it all the same.
 *   <li>Room ids and record ids are any text; none of them means anything to the store.
 *   <li>What is read without being opened is the last commit, or one that came while it was being read: the whole of it,
 *       never half of one. Reading needs no owner, changes nothing, and no owner notices: its next commit is as good as
 *       ever. A room that is not stored is read as empty; one that cannot be read fails like one that cannot be opened.
 * </ol>
 */
public interface RoomStore extends AutoCloseable {

    /**
     * Reads a room and makes the caller its owner, unless it is owned by another node that is alive. A room that nobody has
     * committed to yet does not count as stored.
     */
    CompletionStage<Opening> open(String roomId);

    /**
     * The node that is named as the room's owner; empty when none is, or where there is but one node. It may have gone
     * meanwhile.
     */
    CompletionStage<Optional<String>> owner(String roomId);

    /**
     * Reads a whole room without opening it; empty when nothing is stored of it. It fails with a
     * {@link NotAdmittedException} when it is not admitted. That clients may have seen more than is stored is not told here:
     * it is for the next owner to deal with.
     */
    CompletionStage<Optional<RoomSnapshot>> read(String roomId, Admission admission);

    /**
     * Reads one record without opening its room, at the cost of one record; the excerpt has none when the room has no such
     * record. Empty when nothing is stored of the room.
     */
    CompletionStage<Optional<RoomExcerpt>> readRecord(String roomId, String recordId);

    /**
     * Reads a page of records without opening their room; empty when nothing is stored of it. It takes no more memory than
     * the page; in which order pages follow each other, and what they may come to, is said by {@link RecordGatherer}.
     */
    CompletionStage<Optional<RoomExcerpt>> readRecords(String roomId, RecordRange range);

    /**
     * Stores a change. The first change of a room that is not stored yet starts from clock 0. Unlike with the other calls,
     * what goes on with the stage must not wait: it may be the store's own thread that it runs on.
     */
    CompletionStage<CommitResult> commit(String roomId, Ownership owner, DocumentChange change);

    /** Gives the room back; nothing happens when somebody else owns it by now. */
    default CompletionStage<Void> release(String roomId, Ownership owner) {
        return release(roomId, owner, Optional.empty());
    }

    /**
     * Gives the room back, to a node that is going to open it if one is named: until that has gone nobody else can open it.
     * As long as it has not opened it, who has named it can do this again: name another, or nobody.
     */
    CompletionStage<Void> release(String roomId, Ownership owner, Optional<String> successor);

    /** Deletes a room for good; the answer says whether there was one. An owner that still runs is fenced. */
    CompletionStage<Boolean> delete(String roomId);

    /** What there is to say of a stored room, without opening it; empty when nothing is stored of it. */
    CompletionStage<Optional<RoomSummary>> find(String roomId);

    /**
     * Lists stored rooms whose id starts with a prefix, in an order that never changes; for ids of ASCII letters, digits
     * and {@code -_.~} it is the order of their characters. A room that is there all the time is on exactly one page.
     *
     * @param prefix whole characters; half a surrogate pair finds nothing
     * @param after the last id of the page before
     * @param limit the most ids on the page, at least 1
     */
    CompletionStage<RoomPage> list(String prefix, Optional<String> after, int limit);

    /** Ends when the store can do its work; fails when it cannot, and says why. */
    CompletionStage<Void> ping();

    /** Gives back the space that deleted rooms have left, without holding up commits for long. */
    default CompletionStage<Compaction> compact() {
        return CompletableFuture.completedStage(
                new Compaction.NotHere("This kind of store gives space back by itself."));
    }

    /** Ends what is under way and lets go of files and connections. Calls that come later fail. */
    @Override
    void close();
}
