package dev.drawbridge.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that draw as fast as they are answered, and remember what was acknowledged. */
final class AcknowledgedPages {
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicInteger next = new AtomicInteger();

    /** All ids that a server has ever called committed. */
    Set<String> ids() {
        return Set.copyOf(acknowledged);
    }

    /** Starts clients in a room; each ends when its socket does. */
    List<Thread> draw(int port, String room, int clients) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            String sessionId = "client-" + i;
            threads.add(Thread.startVirtualThread(() -> drawUntilClosed(port, room, sessionId)));
        }
        return threads;
    }

    private void drawUntilClosed(int port, String room, String sessionId) {
        try (TestSocket socket = TestSocket.join(port, room, sessionId)) {
            for (int clock = 1; !socket.isClosed(); clock++) {
                String id = "p" + next.incrementAndGet();
                if (socket.push(clock, id, "drawn").contains("\"commit\"")) {
                    acknowledged.add("page:" + id);
                }
            }
        } catch (RuntimeException e) {
            // the server is gone: what was not acknowledged may be lost
        }
    }
}
