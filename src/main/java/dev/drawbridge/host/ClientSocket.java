package dev.drawbridge.host;

import dev.drawbridge.loop.Loop;
import dev.drawbridge.protocol.Payload;

/**
 * A client's socket, as the host needs it. Only the thread that serves its outbox calls {@code send} and {@code close}:
 * there is one writer.
 */
public interface ClientSocket {

    /**
     * Says who serves it: what comes in is brought from that loop, once it is open. To be called while it is being opened.
     */
    void serveOn(Loop loop);

    /**
     * Reads no more than what is in hand, until {@link #resumeReading} has been called as often. Only for the loop that
     * serves it.
     */
    void pauseReading();

    /** For any thread. */
    void resumeReading();

    /**
     * Begins to send a text message; never waits. Called only when the message before has been taken.
     *
     * @param whenTaken run once, on a thread of the transport, if and only if this returns false: when the network has
     *     taken all of the message. Not run when the socket is gone
     * @return true when the network has taken all of it at once
     */
    boolean send(Payload message, Runnable whenTaken);

    /** How many bytes of the present message the network has not taken yet. For any thread. */
    long unsent();

    /**
     * Sends a close frame, between messages, and ends the connection when the client has answered it or a few seconds
     * later at the latest; never waits.
     *
     * @param reason at most 123 bytes of UTF-8
     */
    void close(int code, String reason);

    /**
     * Ends the connection at once, without a close frame, whatever is being written. For any thread, at any moment; never
     * waits.
     */
    void drop();
}
