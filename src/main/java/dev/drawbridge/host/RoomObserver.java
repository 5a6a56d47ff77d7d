package dev.drawbridge.host;

import dev.drawbridge.room.Author;
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
     */
    default void opened(String roomId, long documentClock) {}

    /**
     * A change of a room's document is stored; whoever has made it is answered after this. Each change is told of by itself,
     * also when several were stored by one commit. Nothing is told of a change that was never stored, nor when only
     * tombstones were forgotten.
     *
     * @param author whose push it was; empty when it was an operator's, or the room's own
     * @param documentClock of the document right after this change
     */
    default void changed(String roomId, Optional<Author> author, long documentClock) {}

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
}
