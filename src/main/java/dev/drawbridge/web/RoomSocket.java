package dev.drawbridge.web;

import dev.drawbridge.host.Attendance;
import dev.drawbridge.host.ClientSocket;
import dev.drawbridge.host.ConnectionGate;
import dev.drawbridge.host.Entrance;
import dev.drawbridge.host.HostObserver;
import dev.drawbridge.host.LogFields;
import dev.drawbridge.protocol.CloseReason;
import dev.drawbridge.protocol.Protocol;
import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.room.RoomId;
import dev.drawbridge.security.AccessDecision;
import dev.drawbridge.security.AccessDecision.Allowed;
import dev.drawbridge.security.AccessDecision.Denied;
import dev.drawbridge.security.AccessDecision.Unavailable;
import dev.drawbridge.security.AccessRequest;
import dev.drawbridge.security.RoomAccess;
import dev.drawbridge.web.socket.SocketUser;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** One socket that wants to enter a room: it is counted, asked who it is, and brought in. */
final class RoomSocket implements SocketUser {
    private static final Logger log = LoggerFactory.getLogger(RoomSocket.class);

    /** The WebSocket code for "not now": its client comes again by itself. */
    private static final int TRY_AGAIN_LATER = 1013;

    private final JoinRequest request;
    private HttpHeaders headers;
    private final String remoteAddress;
    private final Doors doors;
    private boolean counted;
    private Optional<? extends Attendance> connection = Optional.empty();

    /** What stands between the net and the rooms. */
    @Component
    record Doors(ConnectionGate gate, RoomAccess access, Entrance entrance, HostObserver observer) {}

    RoomSocket(JoinRequest request, HttpHeaders headers, String remoteAddress, Doors doors) {
        this.request = request;
        this.headers = headers;
        this.remoteAddress = remoteAddress;
        this.doors = doors;
    }

    @Override
    public void opened(ClientSocket socket) {
        if (doors.gate.enter(remoteAddress).isPresent()) {
            turnAway(socket);
            return;
        }
        counted = true;
        String room = request.roomId().orElse("?");
        try (var _ = MDC.putCloseable(LogFields.ROOM, room);
                var _ = MDC.putCloseable(LogFields.SESSION, request.sessionId())) {
            if (request.roomId().isEmpty()) {
                refuse(socket, RefusalReason.NOT_FOUND, "not a room id; a room id is " + RoomId.RULE);
                return;
            }
            AccessRequest question = request.accessRequest(room, headers, remoteAddress);
            headers = HttpHeaders.EMPTY; // they are not kept for as long as the socket lives
            switch (decide(question)) {
                case Allowed allowed -> connection = doors.entrance.join(room, request.visitor(allowed), socket);
                case Denied(CloseReason reason, String why) -> refuse(socket, reason, why);
                case Unavailable(String why) -> {
                    log.warn("room {}, session {}: told to come back later: {}", room, request.sessionId(), why);
                    turnAway(socket);
                }
            }
        }
    }

    /** A refused upgrade would make the client try for ever; a fatal close is shown to the person (§7). */
    private void refuse(ClientSocket socket, CloseReason reason, String why) {
        log.warn(
                "room {}, session {}: refused: {}: {}", request.roomId().orElse("?"), request.sessionId(), reason, why);
        doors.observer.refused(reason.kind());
        socket.close(Protocol.FATAL_CLOSE_CODE, reason.text());
        leave();
    }

    private void turnAway(ClientSocket socket) {
        doors.observer.closed(TRY_AGAIN_LATER);
        socket.close(TRY_AGAIN_LATER, "");
        leave();
    }

    /** Nobody enters because something else went wrong. */
    private AccessDecision decide(AccessRequest question) {
        try {
            return doors.access.decide(question);
        } catch (RuntimeException e) {
            log.error("{}: it cannot be told whether this one may enter", question, e);
            return new Unavailable(e.getClass().getSimpleName());
        }
    }

    @Override
    public void received(ByteBuffer part, boolean last) {
        connection.ifPresent(joined -> joined.received(part, last));
    }

    @Override
    public void closed() {
        connection.ifPresent(Attendance::closed);
        leave();
    }

    /** Who is sent away counts no longer, however long it takes to go. */
    private void leave() {
        if (counted) {
            counted = false;
            doors.gate.leave();
        }
    }
}
