package dev.drawbridge.web.socket;

import dev.drawbridge.host.ClientSocket;
import java.nio.ByteBuffer;

/** Who uses a socket. All of it is called one after the other, and but for {@code opened} on the loop that serves the socket. */
public interface SocketUser {

    /** The socket is open. May wait: nothing is read meanwhile. */
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
