package dev.drawbridge.web.admin;

import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonStream;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.room.RoomId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** A room to make. */
@Schema(name = "CreateRoom", description = "A room to make.")
record CreateRoom(
        @Schema(description = "Its id, " + RoomId.RULE + ". Without it a random one is made.", example = "team-retro")
        Optional<String> id,

        @Schema(description = "Its content, in any snapshot format. Without it the room is as new.")
        Optional<RoomSnapshot> snapshot) {

    /** The snapshot may be large: it is read as it comes. */
    static CreateRoom read(JsonStream body) throws IOException, JsonException {
        if (!body.enterObject()) {
            throw ProblemException.invalidRequest("the body: expected an object");
        }
        JsonObject.Builder others = JsonObject.builder();
        Optional<RoomSnapshot> snapshot = Optional.empty();
        for (String name = body.nextMember(); name != null; name = body.nextMember()) {
            if (name.equals("snapshot")) {
                snapshot = Optional.of(Snapshots.read(body));
            } else {
                others.put(name, body.value());
                body.keepAll();
            }
        }
        Members members = Members.of(others.build(), Set.of("id", "snapshot"));
        return new CreateRoom(newRoomId(members), snapshot);
    }

    /** The id that a new room is to have. */
    static Optional<String> newRoomId(Members members) {
        return members.string("id").map(id -> RoomId.of(id)
                .orElseThrow(() -> ProblemException.invalidRequest("id: expected " + RoomId.RULE)));
    }
}
