package dev.drawbridge.room;

import dev.drawbridge.protocol.CloseReason;
import dev.drawbridge.protocol.DataEvent;
import dev.drawbridge.protocol.Limit;
import dev.drawbridge.protocol.ServerMessage;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that has to happen because of an input, in the order of the list that it came in. A {@link Changed} comes
 * before every message that reflects it: such a message must not leave the house until the change is stored.
 */
public sealed interface Effect {

    /**
     * The document has changed; this is what the store has to write.
     *
     * @param author whose push has changed it; empty for an operator's change, and for the room's own
     */
    record Changed(DocumentChange change, Optional<Author> author) implements Effect {

        /** No push has made this change. */
        public Changed(DocumentChange change) {
            this(change, Optional.empty());
        }
    }

    /** A message for one socket. */
    record Send(Connection to, ServerMessage message) implements Effect {}

    /**
     * An event for several sockets, the same bytes for each.
     *
     * @param audience stays the same while those who understand the same come and go
     * @param to who they are now: the same list until one of them comes or goes
     */
    record Broadcast(
            Object audience, List<Connection> to, @Nullable Connection except, DataEvent event) implements Effect {}

    /**
     * A socket is to be closed.
     *
     * @param refusal the reason that the person at the client shall see; empty for a close after which the client
     *     connects again by itself
     * @param why for the log
     */
    record Close(Connection connection, Optional<CloseReason> refusal, String why) implements Effect {}

    /**
     * Somebody takes part now: after a handshake, or because it goes on in a room that has moved here. One who comes again
     * as the same session, over another socket, is told of each time.
     */
    record SessionJoined(SessionInfo session) implements Effect {}

    /** A session has ended, and its presence with it. */
    record SessionRemoved(String sessionId) implements Effect {}

    /**
     * A bound was hit.
     *
     * @param why for the log
     */
    record LimitHit(Limit limit, String why) implements Effect {}

    /**
     * Something of the host's own that has its place in the order of the effects, like a message: it happens when what
     * came before it is stored.
     *
     * @param whenStored what happens then
     * @param whenLost what happens instead when that is never stored, because the room is given up
     */
    record Deferred(Runnable whenStored, Runnable whenLost) implements Effect {}

    /**
     * There is more to do than fits into one input: {@link Room#work} is to be called in a turn of its own, after whatever
     * else waits. Nothing is asked for twice, and nothing has to be stored first.
     */
    record MoreWork() implements Effect {}

    /**
     * Somebody else has to decide about writes of a push: {@link Room#answered} is to be called with the verdicts, once, and
     * whatever happens. Nothing of the push is real, and its session waits. What precedes it must be stored first: the
     * records show it.
     *
     * @param number of the question, in this room
     * @param connection over which the push came
     */
    record Ask(long number, Connection connection, Author author, List<RecordWrite> writes) implements Effect {}

    /** The last session has ended: the host may put the room away. */
    record RoomBecameEmpty() implements Effect {}
}
