package dev.drawbridge.host;

import java.nio.ByteBuffer;

/** A client's being in a room, as its socket sees it. Both are called on the loop that serves the socket, and never wait. */
public interface Attendance {

    /** A part of a message has come, as UTF-8. The buffer is the caller's again when this returns. */
    void received(ByteBuffer bytes, boolean last);

    /** The socket is closed, by whomever. What it has said before still counts. */
    void closed();
}
