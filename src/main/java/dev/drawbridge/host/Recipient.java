package dev.drawbridge.host;

import dev.drawbridge.protocol.CloseReason;
import dev.drawbridge.protocol.ServerMessage;
import dev.drawbridge.room.Connection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who receives what a room has to say. None of these waits. */
interface Recipient extends Connection {

    String sessionId();

    /** Where all of it goes out; null when that is of no interest. */
    default @Nullable Outlet outlet() {
        return null;
    }

    /** An event; its bytes are shared with other recipients. */
    void data(SharedEvent event);

    /** What the room has become, in place of events that were dropped on the way to a client that reads slowly. */
    void caughtUp(SharedEvent event);

    /** Any other message. */
    void message(ServerMessage message);

    /**
     * The room is done with this one, after all that it has been told.
     *
     * @param retriableCode the close code when there is no refusal
     * @param why for the log
     */
    void close(Optional<CloseReason> refusal, int retriableCode, String why);
}
