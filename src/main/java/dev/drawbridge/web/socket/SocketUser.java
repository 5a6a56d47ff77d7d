package dev.drawbridge.web.socket;

import dev.drawbridge.host.ClientSocket;
import java.nio.ByteBuffer;

/**
 * Who uses a socket. All of it is called one after the other, on a virtual thread: it may wait, and nothing more is read
 * meanwhile.
 */
public interface SocketUser {

    /** The socket is open. */
    void opened(ClientSocket socket);

    /**
     * A part of a message has come, text or binary.
     *
     * @param part the caller's again when this returns
     */
    void received(ByteBuffer part, boolean last);

    /** The socket is gone, by whomever. Once, and after everything else. */
    void closed();
}
