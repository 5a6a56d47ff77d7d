package dev.drawbridge.web;

import dev.drawbridge.host.ClientSocket;
import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to a socket of the container by the cheapest way measured: blocking, with batching, so that what is written
 * together leaves in one system call.
 */
final class TomcatSocket implements ClientSocket {
    private static final Logger log = LoggerFactory.getLogger(TomcatSocket.class);

    private static final int PART = 8 * 1024;

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
            send(new String(message, StandardCharsets.UTF_8).toCharArray());
        } catch (IllegalStateException e) {
            throw closed(e);
        }
    }

    /**
     * By way of the container's writer, although the message is there in whole: its own encoder is several times slower on
     * a string than on the writer's buffer. A part is what fits into that buffer, because where the writer has to cut by
     * itself it cuts surrogate pairs.
     */
    private void send(char[] text) throws IOException {
        try (Writer writer = remote.getSendWriter()) {
            for (int start = 0; start < text.length; ) {
                int end = Math.min(start + PART, text.length);
                if (end < text.length && Character.isHighSurrogate(text[end - 1])) {
                    end--;
                }
                writer.write(text, start, end - start);
                if (end < text.length) {
                    writer.flush();
                }
                start = end;
            }
        }
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
