package dev.drawbridge.web.socket;

import java.nio.ByteBuffer;

/** Who takes what comes in frames. */
interface Inbound {

    /**
     * A part of a message.
     *
     * @param part unmasked; the caller's again when this returns
     * @param compressed whether the message is compressed
     */
    void part(ByteBuffer part, boolean text, boolean compressed, boolean last) throws FrameException;

    /** A ping that is to be answered with the same bytes. */
    void ping(byte[] payload);

    /**
     * The other side closes.
     *
     * @param code what it says; 1005 when it says nothing
     */
    void close(int code);
}
