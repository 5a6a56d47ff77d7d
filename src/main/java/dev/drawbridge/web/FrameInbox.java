package dev.drawbridge.web;

import dev.drawbridge.host.ClientConnection;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Joins the parts in which the container hands over a frame. What is longer than any message may be is not kept. A binary
 * frame is a text in UTF-8 (§2).
 */
final class FrameInbox {
    private final ClientConnection connection;
    private final int maxLength;
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);

    FrameInbox(ClientConnection connection, int maxLength) {
        this.connection = connection;
        this.maxLength = maxLength;
    }

    void text(String part, boolean last) {
        if (last && text.isEmpty()) {
            connection.frame(part);
        } else if (text.length() + part.length() > maxLength) {
            overflow();
        } else {
            text.append(part);
            if (last) {
                String frame = text.toString();
                clear();
                connection.frame(frame);
            }
        }
    }

    void binary(ByteBuffer part, boolean last) {
        if (bytes.size() + part.remaining() > maxLength) {
            overflow();
            return;
        }
        byte[] copy = new byte[part.remaining()];
        part.get(copy);
        bytes.writeBytes(copy);
        if (last) {
            String frame = bytes.toString(StandardCharsets.UTF_8);
            clear();
            connection.frame(frame);
        }
    }

    void closed() {
        connection.closed();
    }

    private void overflow() {
        clear();
        connection.tooLong();
    }

    /** A builder keeps the room that its largest content took; a socket that once sent much should not. */
    private void clear() {
        text.setLength(0);
        text.trimToSize();
        bytes.reset();
    }
}
