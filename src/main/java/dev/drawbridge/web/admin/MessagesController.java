package dev.drawbridge.web.admin;

import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.host.RoomCommands;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Messages", description = "Custom messages for the application in which people draw.")
class MessagesController {
    private final RoomCommands rooms;
    private final Patience patience;

    MessagesController(RoomCommands rooms, Patience patience) {
        this.rooms = rooms;
        this.patience = patience;
    }

    @PostMapping(AdminApi.ROOM + "/messages")
    @Operation(operationId = "sendToAll", summary = "Send a message to all in a room")
    @MayFail({ProblemType.INVALID_REQUEST, ProblemType.ROOM_NOT_FOUND, ProblemType.PAYLOAD_TOO_LARGE})
    DeliveredBody sendToAll(@PathVariable String roomId, @RequestBody CustomMessage message)
            throws RoomCommandException {
        return new DeliveredBody(patience.await(rooms.send(AdminApi.room(roomId), message.data())));
    }

    @PostMapping(SessionsController.SESSION + "/messages")
    @Operation(operationId = "sendToOne", summary = "Send a message to one in a room")
    @MayFail({
        ProblemType.INVALID_REQUEST,
        ProblemType.ROOM_NOT_FOUND,
        ProblemType.SESSION_NOT_FOUND,
        ProblemType.PAYLOAD_TOO_LARGE
    })
    DeliveredBody sendToOne(
            @PathVariable String roomId, @PathVariable String sessionId, @RequestBody CustomMessage message)
            throws RoomCommandException {
        return new DeliveredBody(patience.await(rooms.send(AdminApi.room(roomId), sessionId, message.data())));
    }
}
