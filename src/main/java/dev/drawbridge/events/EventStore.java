package dev.drawbridge.events;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Keeps events: the log that is followed, what was told of each room, and what is still to be sent to whom. All calls may
 * wait, and none is made on a room's thread. A call that fails with an {@link EventStoreException} may have happened or not.
 *
 * <p>INVARIANTS, for every implementation:
 *
 * <ol>
 *   <li>{@link #append} is atomic for the events of one room: they are in the log, in the room's story and in each queue
 *       that wants them, or nowhere. The events of one room are in the log in the order in which they were appended.
 *   <li>Whatever is appended goes by {@link Telling}: of what a room's story says already nothing is told again, whichever
 *       node says so. A story does not say everything: when it is unknown whether an append has happened, and a room is made,
 *       opened or deleted in it, or people come and go, one looks in the log for what of it is there before it is repeated.
 *   <li>What a call has written survives {@code kill -9} of this process.
 *   <li>The log keeps at least the newest events up to its bounds, and forgets the oldest first. Queues do not depend on it.
 *   <li>An event leaves a queue only by {@link #delivered} or {@link #bury}, or when it never came in because the queue was
 *       full: then it is a dead letter at once. Dead letters go, the oldest first, only when there are too many, and each
 *       call that makes some go says how many.
 * </ol>
 */
public interface EventStore extends AutoCloseable {

    /** So many dead letters of a queue are kept, or as many as take no more than {@link #MOST_DEAD_BYTES}. */
    int MOST_DEAD = 1_000;

    long MOST_DEAD_BYTES = 32L << 20;

    /** Why an event is a dead letter that never waited. */
    String QUEUE_FULL = "the queue was full";

    /**
     * How much of the log is kept.
     *
     * @param events how many events
     * @param bytes and how many bytes these may take, as they are stored; the newest event is kept anyway
     */
    record Kept(int events, long bytes) {}

    // ---- what has happened

    /**
     * A queue, as a node has it configured.
     *
     * @param name {@code [a-z0-9-]}, at most 64 characters
     * @param wants which events go into it
     * @param mostEvents how many may wait in it
     * @param mostBytes how many bytes these may take, as they are stored
     */
    record Queue(String name, Predicate<RoomEvent> wants, int mostEvents, long mostBytes) {}

    /**
     * What became of events.
     *
     * @param filed those that are in the log now, among them what the stories of their rooms have added
     * @param buried for each queue that was full: how many events are dead letters at once
     * @param forgotten for each queue: how many dead letters have gone for that
     */
    record Appended(List<FiledEvent> filed, Map<String, Integer> buried, Map<String, Integer> forgotten) {}

    /** Writes events down, in this order. */
    Appended append(List<RoomEvent> events, Collection<Queue> queues) throws EventStoreException;

    /** What was told of rooms; those of which nothing was told are missing. */
    Map<String, Story> stories(Collection<String> roomIds) throws EventStoreException;

    /** Stories of rooms in the order of their ids, to go through all. */
    Map<String, Story> storiesAfter(Optional<String> roomId, int limit) throws EventStoreException;

    /** Rooms that were said to be open, wherever. */
    Map<String, Story> open() throws EventStoreException;

    /** Rooms that have been there all along, with their clocks: nothing is told of them, and nothing changes where there is a story. */
    void know(Map<String, Long> clocks) throws EventStoreException;

    /** Whether {@link #settle} was called: that all rooms of the time before are known. */
    boolean isSettled() throws EventStoreException;

    void settle() throws EventStoreException;

    /** A node begins: until it is said to have ended there may be what it has not told. To say so again changes nothing. */
    void began(String node) throws EventStoreException;

    /** Nothing is left untold by a node: it has ended in good order, or others have seen to what it has left. */
    void ended(String node) throws EventStoreException;

    /** The nodes that have begun and not ended, those among them that were killed. */
    List<String> nodes() throws EventStoreException;

    // ---- the log

    /**
     * A part of the log.
     *
     * @param missed whether there were events between where it was to begin and its first one that are not kept any more, or that
     *     cannot be known because the id is of another log
     * @param last where to go on: the id of the last one, or where it was to begin
     */
    record Page(List<FiledEvent> events, boolean missed, EventId last) {}

    /**
     * What follows in the log. There may be more when there are fewer than asked for: it is bounded in bytes, too. Only when
     * there are none has the end been reached.
     *
     * @param after empty: from the oldest that is kept
     * @param limit how many at most, at least 1
     */
    Page after(Optional<EventId> after, int limit) throws EventStoreException;

    /** The id of the newest event, or where the first one will follow. */
    EventId last() throws EventStoreException;

    // ---- queues

    /**
     * An event that waits to be sent.
     *
     * @param attempts how many have failed
     * @param dueAt when the next one is due
     */
    record Queued(FiledEvent event, int attempts, Instant dueAt) {}

    /** What waits in a queue, the oldest first, after an id. As {@link #after} it may give fewer, but none only at the end. */
    List<Queued> queued(String queue, Optional<EventId> after, int limit) throws EventStoreException;

    /** It has come through. */
    void delivered(String queue, EventId id) throws EventStoreException;

    /** It has not, and is to be tried again. */
    void postpone(String queue, EventId id, int attempts, Instant dueAt) throws EventStoreException;

    /**
     * It is given up.
     *
     * @param why for people, at most 500 characters
     * @return how many older dead letters have gone for it
     */
    int bury(String queue, EventId id, String why, Instant now) throws EventStoreException;

    /**
     * An event that was given up.
     *
     * @param attempts how many have failed; 0 when the queue was full
     */
    record DeadLetter(FiledEvent event, int attempts, String why, Instant since) {}

    /** Dead letters, the oldest event first, after an id. As {@link #after} it may give fewer, but none only at the end. */
    List<DeadLetter> dead(String queue, Optional<EventId> after, int limit) throws EventStoreException;

    /**
     * Puts dead letters back into their queue, as if they had not been tried, as far as there is room in it.
     *
     * @param ids which ones; empty for all
     * @return those that wait now
     */
    List<EventId> resend(String queue, Optional<List<EventId>> ids, Queue bounds, Instant now)
            throws EventStoreException;

    /** Throws dead letters away; returns how many. */
    int discard(String queue, Optional<List<EventId>> ids) throws EventStoreException;

    /**
     * How full a queue is.
     *
     * @param oldest when what waits longest has happened
     */
    record Level(long waiting, long bytes, Optional<Instant> oldest, long dead) {}

    Level level(String queue) throws EventStoreException;

    /** The names of all queues in which something waits or is dead, those included that nobody has configured any more. */
    List<String> queues() throws EventStoreException;

    // ---- who does what

    /**
     * Takes, or keeps, a task that only one node at a time may have; with one node it is always that one's.
     *
     * @param task such as {@code queue:NAME}
     * @param patience how long it is this node's, unless it is renewed
     * @return whether this node has it
     */
    boolean take(String task, String node, Duration patience) throws EventStoreException;

    /** Gives a task that this node has to whoever wants it. */
    void giveAway(String task, String node) throws EventStoreException;

    /** Ends when it can do its work; fails when it cannot. */
    void ping() throws EventStoreException;

    @Override
    void close();
}
