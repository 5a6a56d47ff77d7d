package dev.drawbridge.host;

import dev.drawbridge.protocol.ServerMessage;

/** Where what a client is told goes out: over its socket, or over a link to the node that has the socket. None of these waits. */
public interface Outlet {

    /** Who has to know what becomes of it. */
    interface Listener {

        /** More would have to wait than may: the client is cut off. Called once. */
        void overflowed();

        /** Events were dropped: the room is to say what has become of it since that clock. */
        void folded(long sinceClock);
    }

    /** An event; its bytes are shared with other outlets. */
    void data(SharedEvent event);

    /** What the room has become since the clock that {@link Listener#folded} asked about. */
    void caughtUp(SharedEvent event);

    /** Any other message. */
    void message(ServerMessage message);

    /** Tells the client that it is heard. */
    void pong();

    /** Closes the socket after all that came before. */
    void close(int code, String reason);

    /** Drops what waits and closes the socket. */
    void abort(int code, String reason);

    /** Time has passed; about once a second, always by the same thread. */
    void tick(long now);

    /** How much waits here to be written, with what is being written, in bytes. */
    long queuedBytes();

    /** How much has gone out, in bytes. */
    long sentBytes();

    long sentMessages();
}
