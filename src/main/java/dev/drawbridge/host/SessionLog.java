package dev.drawbridge.host;

import dev.drawbridge.json.Quoted;
import dev.drawbridge.protocol.CloseReason;
import dev.drawbridge.protocol.ConnectResponse;
import dev.drawbridge.room.Visitor;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** What the log says of one client's stay in a room: a line when it joins, a line when it ends. */
final class SessionLog {
    private static final Logger log = LoggerFactory.getLogger(SessionLog.class);

    private final String roomId;
    private final Visitor visitor;
    private final HostClock clock;
    private final long openedAt;
    private boolean joined;
    private final LongAdder messages = new LongAdder();
    private final LongAdder characters = new LongAdder();

    SessionLog(String roomId, Visitor visitor, HostClock clock) {
        this.roomId = roomId;
        this.visitor = visitor;
        this.clock = clock;
        this.openedAt = clock.millis();
    }

    void received(int length) {
        messages.increment();
        characters.add(length);
    }

    /** A client that passes the handshake a second time has joined already. */
    void joined(ConnectResponse response) {
        if (joined) {
            return;
        }
        joined = true;
        try (var _ = MDC.putCloseable(LogFields.SESSION, visitor.sessionId())) {
            log.info(
                    "room {}, session {}: joined as {}{}, at clock {}",
                    roomId,
                    Quoted.bare(visitor.sessionId()),
                    response.isReadonly() ? "viewer" : "editor",
                    visitor.userId() == null ? "" : " " + Quoted.bare(visitor.userId()),
                    response.serverClock());
        }
    }

    /** Who is refused is a warning; who was never in is not worth a line. */
    void ended(Optional<CloseReason> refusal, String why, Outlet outbox) {
        try (var _ = MDC.putCloseable(LogFields.SESSION, visitor.sessionId())) {
            String counts = "after %s, %d messages (%d characters) in, %d (%d bytes) out"
                    .formatted(
                            Duration.ofMillis(clock.millis() - openedAt),
                            messages.sum(),
                            characters.sum(),
                            outbox.sentMessages(),
                            outbox.sentBytes());
            if (refusal.isPresent()) {
                log.warn(
                        "room {}, session {}: refused {}: {}: {}",
                        roomId,
                        Quoted.bare(visitor.sessionId()),
                        counts,
                        refusal.get(),
                        why);
            } else if (joined) {
                log.info("room {}, session {}: left {}: {}", roomId, Quoted.bare(visitor.sessionId()), counts, why);
            } else {
                log.debug("room {}, session {}: closed {}: {}", roomId, Quoted.bare(visitor.sessionId()), counts, why);
            }
        }
    }
}
