package dev.drawbridge.web;

import dev.drawbridge.host.ClientSocket;
import dev.drawbridge.protocol.Payload;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Hands whole messages to the container, which makes a copy of each, on a thread that may wait for the network. */
final class TomcatSocket implements ClientSocket {
    private final Session session;
    private volatile long unsent;

    TomcatSocket(Session session) {
        this.session = session;
    }

    @Override
    public boolean send(Payload message, Runnable whenTaken) {
        unsent = message.length();
        Thread.startVirtualThread(() -> {
            try {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                message.slices().forEachRemaining(out::writeBytes);
                session.getBasicRemote().sendText(out.toString(StandardCharsets.UTF_8));
                unsent = 0;
                whenTaken.run();
            } catch (Exception e) {
                drop();
            }
        });
        return false;
    }

    @Override
    public long unsent() {
        return unsent;
    }

    @Override
    public void close(int code, String reason) {
        Thread.startVirtualThread(() -> {
            try {
                session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code), reason));
            } catch (Exception e) {
                // closed
            }
        });
    }

    @Override
    public void drop() {
        close(1013, "");
    }
}
