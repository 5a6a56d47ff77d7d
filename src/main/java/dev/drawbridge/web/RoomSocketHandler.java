package dev.drawbridge.web;

import dev.drawbridge.room.RoomId;
import dev.drawbridge.host.ClientConnection;
import dev.drawbridge.host.ConnectionGate;
import dev.drawbridge.host.HostObserver;
import dev.drawbridge.host.HostSettings;
import dev.drawbridge.host.LogFields;
import dev.drawbridge.host.RoomRegistry;
import dev.drawbridge.protocol.Protocol;
import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.room.Visitor;
import dev.drawbridge.security.AccessDecision;
import dev.drawbridge.security.AccessDecision.Allowed;
import dev.drawbridge.security.AccessDecision.Denied;
import dev.drawbridge.security.AccessDecision.Unavailable;
import dev.drawbridge.security.AccessRequest;
import dev.drawbridge.security.RoomAccess;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;

/** Brings sockets into rooms: {@code /connect/{roomId}?sessionId=…}. */
@Component
class RoomSocketHandler implements WebSocketHandler {
    private static final Logger log = LoggerFactory.getLogger(RoomSocketHandler.class);
    private static final String INBOX = "drawbridge.inbox";
    private static final String COUNTED = "drawbridge.counted";

    private final ConnectionGate gate;
    private final RoomAccess access;
    private final RoomRegistry registry;
    private final HostSettings settings;
    private final HostObserver observer;

    RoomSocketHandler(
            ConnectionGate gate,
            RoomAccess access,
            RoomRegistry registry,
            HostSettings settings,
            HostObserver observer) {
        this.gate = gate;
        this.access = access;
        this.registry = registry;
        this.settings = settings;
        this.observer = observer;
    }

    /** What a client sends may be large and is seldom: a buffer for all of it on every socket would cost too much. */
    @Override
    public boolean supportsPartialMessages() {
        return true;
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) throws IOException {
        HiddenQuery hidden = HiddenQuery.of(session);
        if (gate.enter(hidden.remoteAddress()).isPresent()) {
            turnAway(session);
            return;
        }
        session.getAttributes().put(COUNTED, true);
        JoinRequest request = JoinRequest.of(Objects.requireNonNull(session.getUri()), hidden.query());
        String room = request.roomId().orElse("?");
        try (var _ = MDC.putCloseable(LogFields.ROOM, room);
                var _ = MDC.putCloseable(LogFields.SESSION, request.sessionId())) {
            if (request.roomId().isEmpty()) {
                refuse(session, request, RefusalReason.NOT_FOUND, "not a room id; a room id is " + RoomId.RULE);
                return;
            }
            switch (decide(request.accessRequest(room, session.getHandshakeHeaders(), hidden.remoteAddress()))) {
                case Allowed allowed -> join(session, room, request.visitor(allowed));
                case Denied(RefusalReason reason, String why) -> refuse(session, request, reason, why);
                case Unavailable(String why) -> {
                    log.warn("room {}, session {}: told to come back later: {}", room, request.sessionId(), why);
                    turnAway(session);
                }
            }
        }
    }

    /** A refused upgrade would make the client try for ever; a fatal close is shown to the person (§7). */
    private void refuse(WebSocketSession session, JoinRequest request, RefusalReason reason, String why)
            throws IOException {
        log.warn(
                "room {}, session {}: refused: {}: {}", request.roomId().orElse("?"), request.sessionId(), reason, why);
        observer.refused(reason);
        session.close(new CloseStatus(Protocol.FATAL_CLOSE_CODE, reason.name()));
    }

    private void turnAway(WebSocketSession session) throws IOException {
        observer.closed(CloseStatus.SERVICE_OVERLOAD.getCode());
        session.close(CloseStatus.SERVICE_OVERLOAD);
    }

    /** Nobody enters because something else went wrong. */
    private AccessDecision decide(AccessRequest request) {
        try {
            return access.decide(request);
        } catch (RuntimeException e) {
            log.error("{}: it cannot be told whether this one may enter", request, e);
            return new Unavailable(e.getClass().getSimpleName());
        }
    }

    private void join(WebSocketSession session, String room, Visitor visitor) throws IOException {
        Session container = Objects.requireNonNull(((NativeWebSocketSession) session).getNativeSession(Session.class));
        registry.join(room, visitor, new TomcatSocket(container))
                .ifPresent(connection -> session.getAttributes().put(INBOX, connection));
    }

    @Override
    public void handleMessage(WebSocketSession session, WebSocketMessage<?> message) {
        ClientConnection inbox = inbox(session);
        if (inbox == null) {
            return;
        }
        switch (message) {
            case TextMessage text ->
                inbox.received(
                        java.nio.ByteBuffer.wrap(text.getPayload().getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                        text.isLast());
            case BinaryMessage binary -> inbox.received(binary.getPayload(), binary.isLast());
            default -> {
                // WebSocket's own pongs: nobody asked for them
            }
        }
    }

    @Override
    public void handleTransportError(WebSocketSession session, Throwable error) {
        log.debug("socket {}: {}", session.getId(), error.toString());
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        ClientConnection inbox = inbox(session);
        if (inbox != null) {
            inbox.closed();
        }
        if (session.getAttributes().remove(COUNTED) != null) {
            gate.leave();
        }
    }

    private static @Nullable ClientConnection inbox(WebSocketSession session) {
        return (ClientConnection) session.getAttributes().get(INBOX);
    }
}
