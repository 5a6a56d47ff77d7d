package dev.drawbridge.host;

import dev.drawbridge.loop.Loop;
import dev.drawbridge.protocol.Payload;

/**
 * A client's socket, as the host needs it. Only the thread that serves its outbox calls {@code send} and {@code close}:
 * there is one writer.
 */
public interface ClientSocket extends Inlet {

    /**
     * Says who serves it: what comes in is brought from that loop, once it is open. To be called while it is being opened.
     */
    void serveOn(Loop loop);

    /**
     * Begins to send a text message; never waits. Called only when the message before has been taken.
     *
     * @param whenTaken run once, on a thread of the transport, if and only if this returns false: when the network has
     *     taken all of the message. Not run when the socket is gone
     * @return true when the network has taken all of it at once
     */
    default boolean send(Payload message, Runnable whenTaken) {
        return sendPart(message, Part.WHOLE, whenTaken);
    }

    /**
     * Begins to send a part of a text message. No other message goes out between the first and the last part of one.
     *
     * @param whenTaken as in {@link #send}
     */
    boolean sendPart(Payload bytes, Part part, Runnable whenTaken);

    /**
     * Which part of a message it is.
     *
     * @param first whether it begins one
     * @param last whether it ends it
     */
    record Part(boolean first, boolean last) {
        public static final Part WHOLE = new Part(true, true);
    }

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
