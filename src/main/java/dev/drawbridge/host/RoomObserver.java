package dev.drawbridge.host;

import dev.drawbridge.protocol.Limit;
import dev.drawbridge.room.Author;
import dev.drawbridge.room.SessionInfo;
import java.util.List;
import java.util.Optional;

/**
 * Is told what becomes of a node's rooms, of each in the order in which it happens: first that it is open, and last that it
 * is not any more. It is called on the threads that rooms run on: it is quick, does not wait and does not throw. A room does
 * not suffer from one that throws all the same, and the log says so once.
 */
public interface RoomObserver {

    /** Nobody looks. */
    RoomObserver NONE = new RoomObserver() {};

    /**
     * A room is active on this node.
     *
     * @param documentClock of its document; when opening it has changed it, that is stored later, and told of then
     * @param isNew whether nothing is stored of it yet: there is no such room before its first change is told of
     */
    default void opened(String roomId, long documentClock, boolean isNew) {}

    /**
     * A change of a room's document is stored; whoever has made it is answered after this. Each change is told of by itself,
     * also when several were stored by one commit. Nothing is told of a change that was never stored, nor when only
     * tombstones were forgotten.
     *
     * @param author whose push it was; empty when it was an operator's, or the room's own
     */
    default void changed(String roomId, Optional<Author> author, StoredChange change) {}

    /**
     * Somebody takes part, and what was before is stored. One who comes again as the same session is told of again; so is,
     * at the node that a room has moved to, who goes on there.
     */
    default void joined(String roomId, SessionInfo session) {}

    /** A session has ended. It is not told of those who are in a room when that is closed: that ends them all. */
    default void left(String roomId, String sessionId) {}

    /** A bound of a room, or of somebody in it, was hit; that may happen with every push. */
    default void limitHit(String roomId, Limit limit) {}

    /**
     * The last session has left a room, which stays open for a while; whatever came before is stored. It is not told of a
     * room that is closed with people in it.
     */
    default void emptied(String roomId) {}

    /**
     * A room is not open here any more: it was put away, or has moved, or was deleted, or was given up with what was not
     * stored of it. Each that was opened is closed once.
     */
    default void closed(String roomId) {}

    /** A room was deleted for good. If it was open it is told of as closed too, before or after this. */
    default void deleted(String roomId) {}

    /** Several who are told the same, in this order. What one of them throws harms neither the others nor a room. */
    static RoomObserver all(List<? extends RoomObserver> observers) {
        return new RoomObservers(observers);
    }
}
