package dev.drawbridge.web.admin;

import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.host.RoomCommands;
import dev.drawbridge.protocol.HostReason;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.InstantSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Sessions", description = "Who is in a room, and what they may do there.")
class SessionsController {
    static final String SESSION = AdminApi.ROOM + "/sessions/{sessionId}";

    private final RoomCommands rooms;
    private final Patience patience;
    private final InstantSource clock;

    SessionsController(RoomCommands rooms, Patience patience, InstantSource clock) {
        this.rooms = rooms;
        this.patience = patience;
        this.clock = clock;
    }

    @GetMapping(AdminApi.ROOM + "/sessions")
    @Operation(operationId = "listSessions", summary = "List who is in a room")
    @MayFail(ProblemType.ROOM_NOT_FOUND)
    SessionsBody list(@PathVariable String roomId) throws RoomCommandException {
        return SessionsBody.of(patience.await(rooms.sessions(AdminApi.room(roomId))));
    }

    @GetMapping(AdminApi.ROOM + "/presence")
    @Operation(
            operationId = "listPresence",
            summary = "List who is where in a room",
            description =
                    "What clients say of themselves: where they are, what they see and have selected. One that has not"
                            + " said anything yet has nothing but its session.")
    @MayFail(ProblemType.ROOM_NOT_FOUND)
    PresencesBody presence(@PathVariable String roomId) throws RoomCommandException {
        return PresencesBody.of(patience.await(rooms.presence(AdminApi.room(roomId))), clock.instant());
    }

    @DeleteMapping(SESSION)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "dismissSession",
            summary = "Send somebody away",
            description =
                    "The client shows the reason and does not connect again by itself. Whoever may still enter the room"
                            + " can come back by loading the page anew.")
    @MayFail({ProblemType.INVALID_REQUEST, ProblemType.ROOM_NOT_FOUND, ProblemType.SESSION_NOT_FOUND})
    void dismiss(
            @PathVariable String roomId,
            @PathVariable String sessionId,
            @Parameter(
                            description =
                                    "What the person is shown: `FORBIDDEN`, `NOT_FOUND`, `NOT_AUTHENTICATED` and"
                                            + " the like, for which tldraw has words of its own, or any text of at most 123 bytes.")
                    @RequestParam(defaultValue = "FORBIDDEN")
                    String reason)
            throws RoomCommandException {
        if (!HostReason.fits(reason)) {
            throw ProblemException.invalidRequest(
                    "reason: expected a text of at most " + HostReason.MOST_BYTES + " bytes in UTF-8");
        }
        patience.await(rooms.dismiss(AdminApi.room(roomId), sessionId, HostReason.of(reason)));
    }

    @PatchMapping(SESSION)
    @Operation(
            operationId = "changeRights",
            summary = "Change what somebody may do",
            description =
                    "It holds at once, and while the room is open. The client connects again within a second, to learn of it.")
    @MayFail({ProblemType.INVALID_REQUEST, ProblemType.ROOM_NOT_FOUND, ProblemType.SESSION_NOT_FOUND})
    SessionBody changeRights(
            @PathVariable String roomId, @PathVariable String sessionId, @RequestBody ChangeRights request)
            throws RoomCommandException {
        String room = AdminApi.room(roomId);
        patience.await(rooms.changeRights(room, sessionId, request.rights()));
        return patience.await(rooms.sessions(room)).stream()
                .filter(session -> session.id().equals(sessionId))
                .findAny()
                .map(SessionBody::of)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.SESSION_NOT_FOUND, "The session " + sessionId + " has just ended"));
    }
}
