package dev.drawbridge.host;

import dev.drawbridge.room.Visitor;
import java.util.Optional;

/** Where clients come into rooms, wherever these are open. */
public interface Entrance {

    /**
     * Brings a socket into a room; may wait until it is known where that is. What the client has to say from now on goes to
     * what is returned.
     *
     * @return empty when it cannot come in: the socket has been closed so that its client connects again
     */
    Optional<? extends Attendance> join(String roomId, Visitor visitor, ClientSocket socket);
}
