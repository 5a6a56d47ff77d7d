package dev.drawbridge.web;

import dev.drawbridge.host.ClientSocket;
import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to a socket of the container by the cheapest way measured: blocking, with batching, so that what is written
 * together leaves in one system call.
 */
final class TomcatSocket implements ClientSocket {
    private static final Logger log = LoggerFactory.getLogger(TomcatSocket.class);

    /** Longer messages leave in parts: the container's send timeout is for one part, not for all of a large room. */
    private static final int PART = 256 * 1024;

    private final Session session;
    private final RemoteEndpoint.Basic remote;

    TomcatSocket(Session session) throws IOException {
        this.session = session;
        this.remote = session.getBasicRemote();
        remote.setBatchingAllowed(true);
    }

    @Override
    public void write(byte[] message) throws IOException {
        try {
            send(new String(message, StandardCharsets.UTF_8));
        } catch (IllegalStateException e) {
            throw closed(e);
        }
    }

    private void send(String text) throws IOException {
        if (text.length() <= PART) {
            remote.sendText(text);
            return;
        }
        int start = 0;
        while (text.length() - start > PART) {
            int end = Character.isHighSurrogate(text.charAt(start + PART - 1)) ? start + PART - 1 : start + PART;
            remote.sendText(text.substring(start, end), false);
            start = end;
        }
        remote.sendText(text.substring(start), true);
    }

    @Override
    public void flush() throws IOException {
        try {
            remote.flushBatch();
        } catch (IllegalStateException e) {
            throw closed(e);
        }
    }

    /** The container's way to say that the socket has been closed meanwhile. */
    private static IOException closed(IllegalStateException e) {
        return new IOException("the socket is closed", e);
    }

    @Override
    public void close(int code, String reason) {
        try {
            session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code), reason));
        } catch (IOException | IllegalStateException e) {
            log.debug("socket {} was closed already: {}", session.getId(), e.toString());
        }
    }
}
