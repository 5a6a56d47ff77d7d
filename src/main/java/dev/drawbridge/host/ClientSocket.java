package dev.drawbridge.host;

import java.io.IOException;

/** A client's socket, as the host needs it. {@code write} and {@code flush} are called by one thread at a time. */
public interface ClientSocket {

    /** Takes a text message, given as UTF-8, and may wait until the network takes it. It may leave only with a flush. */
    void write(byte[] message) throws IOException;

    /** Sends what has been written. */
    void flush() throws IOException;

    /**
     * Closes the socket. It may take its time, and may be called at any moment by any thread, also while a write waits.
     *
     * @param reason at most 123 bytes of UTF-8
     */
    void close(int code, String reason);
}
