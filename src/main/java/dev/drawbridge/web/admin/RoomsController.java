package dev.drawbridge.web.admin;

import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.host.RoomCommands;
import dev.drawbridge.host.RoomDetails;
import dev.drawbridge.host.RoomQuery;
import dev.drawbridge.room.RoomSnapshot;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Rooms", description = "Find, create, copy, unload and delete rooms.")
class RoomsController {
    private final RoomCommands rooms;
    private final Patience patience;
    private final Loans loans;
    private final RandomRoomId randomId;
    private final Past past;

    RoomsController(RoomCommands rooms, Patience patience, Loans loans, RandomRoomId randomId, Past past) {
        this.rooms = rooms;
        this.patience = patience;
        this.loans = loans;
        this.randomId = randomId;
        this.past = past;
    }

    @GetMapping(AdminApi.ROOT + "/rooms")
    @Operation(
            operationId = "listRooms",
            summary = "List rooms",
            description =
                    "In the order of their ids, page by page. Rooms that are made or deleted meanwhile do not shift"
                            + " the pages.")
    @MayFail(ProblemType.INVALID_REQUEST)
    RoomsBody list(
            @Parameter(description = "What their ids contain.") @RequestParam Optional<String> query,
            @Parameter(
                            description = "Only those that are open, or only those that are not.",
                            schema = @Schema(allowableValues = {"active", "stored"}))
                    @RequestParam
                    Optional<String> state,
            @Parameter(
                            description = "The most rooms on the page.",
                            schema =
                                    @Schema(
                                            types = "integer",
                                            defaultValue = PageLimit.DEFAULT,
                                            minimum = "1",
                                            maximum = "" + PageLimit.MAX))
                    @RequestParam(defaultValue = PageLimit.DEFAULT)
                    int limit,
            @Parameter(description = "`next` of the page before.") @RequestParam Optional<String> cursor)
            throws RoomCommandException {
        RoomQuery wanted = new RoomQuery(
                query.orElse(""), state.map(RoomsController::state), cursor.map(Cursor::read), PageLimit.check(limit));
        return RoomsBody.of(patience.await(rooms.list(wanted)));
    }

    @PostMapping(AdminApi.ROOT + "/rooms")
    @Operation(operationId = "createRoom", summary = "Create a room")
    @ApiResponse(
            responseCode = "201",
            description = "The room is made and stored.",
            headers = @Header(name = "Location", description = "Where it is.", schema = @Schema(type = "string")))
    @MayFail({
        ProblemType.INVALID_REQUEST,
        ProblemType.ROOM_EXISTS,
        ProblemType.LIMIT_REACHED,
        ProblemType.PAYLOAD_TOO_LARGE,
        ProblemType.INVALID_SNAPSHOT
    })
    ResponseEntity<RoomBody> create(@RequestBody CreateRoom request) throws RoomCommandException {
        return created(request.id(), request.snapshot());
    }

    @GetMapping(AdminApi.ROOM)
    @Operation(operationId = "getRoom", summary = "Describe a room")
    @MayFail(ProblemType.ROOM_NOT_FOUND)
    RoomBody get(@PathVariable String roomId) throws RoomCommandException {
        return RoomBody.of(patience.await(rooms.describe(AdminApi.room(roomId))));
    }

    @DeleteMapping(AdminApi.ROOM)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "deleteRoom",
            summary = "Delete a room for good",
            description = "With all that is stored, its versions too. Who is in it is sent away with `NOT_FOUND`.")
    @MayFail(ProblemType.ROOM_NOT_FOUND)
    void delete(@PathVariable String roomId) throws RoomCommandException {
        String room = AdminApi.room(roomId);
        try {
            patience.await(rooms.delete(room));
        } catch (RoomCommandException.NoSuchRoom e) {
            if (!past.isKept(room)) {
                throw e;
            } // its past was left over, when the room was deleted before
        }
        past.forget(room);
    }

    @PostMapping(AdminApi.ROOM + "/duplicate")
    @AnsweredHere // what is stored can be read by any node, and the copy shall be where it is asked for
    @Operation(
            operationId = "duplicateRoom",
            summary = "Copy a room",
            description = "A new room with the same document. The body may be left out.")
    @ApiResponse(
            responseCode = "201",
            description = "The copy is made and stored.",
            headers = @Header(name = "Location", description = "Where it is.", schema = @Schema(type = "string")))
    @MayFail({
        ProblemType.INVALID_REQUEST,
        ProblemType.ROOM_NOT_FOUND,
        ProblemType.ROOM_EXISTS,
        ProblemType.LIMIT_REACHED
    })
    ResponseEntity<RoomBody> duplicate(
            @PathVariable String roomId, @RequestBody(required = false) @Nullable DuplicateRoom request)
            throws RoomCommandException {
        RoomSnapshot document = patience.await(rooms.snapshot(AdminApi.room(roomId), loans.ofRequest()));
        return created(request == null ? Optional.empty() : request.id(), Optional.of(document));
    }

    @PostMapping(AdminApi.ROOM + "/unload")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "unloadRoom",
            summary = "Put a room away",
            description = "Its clients connect again and have it loaded anew. A room that is not open stays as it is.")
    @MayFail(ProblemType.ROOM_NOT_FOUND)
    void unload(@PathVariable String roomId) throws RoomCommandException {
        patience.await(rooms.unload(AdminApi.room(roomId)));
    }

    @PostMapping(AdminApi.ROOM + "/move")
    @Operation(
            operationId = "moveRoom",
            summary = "Take a room to another node",
            description =
                    "It is answered when the room is open there. Clients whose socket is at another node than the room"
                            + " go on without noticing; those at the room's own connect again. The body may be left out.")
    @MayFail({
        ProblemType.INVALID_REQUEST,
        ProblemType.ROOM_NOT_FOUND,
        ProblemType.NODE_NOT_FOUND,
        ProblemType.CANNOT_MOVE,
        ProblemType.NOT_SUPPORTED
    })
    RoomBody move(@PathVariable String roomId, @RequestBody(required = false) @Nullable MoveRoom request)
            throws RoomCommandException {
        Optional<String> node = request == null ? Optional.empty() : request.node();
        return RoomBody.of(patience.await(rooms.move(AdminApi.room(roomId), node)));
    }

    private ResponseEntity<RoomBody> created(Optional<String> wantedId, Optional<RoomSnapshot> content)
            throws RoomCommandException {
        String id = wantedId.orElseGet(randomId::next);
        RoomDetails room = patience.awaitTaken(rooms.create(id, content));
        return ResponseEntity.created(URI.create(AdminApi.ROOT + "/rooms/" + id))
                .body(RoomBody.of(room));
    }

    private static RoomDetails.State state(String text) {
        return switch (text) {
            case "active" -> RoomDetails.State.ACTIVE;
            case "stored" -> RoomDetails.State.STORED;
            default -> throw ProblemException.invalidRequest("state: expected active or stored");
        };
    }
}
