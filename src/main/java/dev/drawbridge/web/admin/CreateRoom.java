package dev.drawbridge.web.admin;

import dev.drawbridge.json.JsonValue;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.web.RoomId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;
import java.util.Set;

/** A room to make. */
@Schema(name = "CreateRoom", description = "A room to make.")
record CreateRoom(
        @Schema(description = "Its id, " + RoomId.RULE + ". Without it a random one is made.", example = "team-retro")
        Optional<String> id,

        @Schema(description = "Its content, in any snapshot format. Without it the room is as new.")
        Optional<RoomSnapshot> snapshot) {

    static CreateRoom read(JsonValue body) {
        Members members = Members.of(body, Set.of("id", "snapshot"));
        return new CreateRoom(newRoomId(members), members.value("snapshot").map(Snapshots::read));
    }

    /** The id that a new room is to have. */
    static Optional<String> newRoomId(Members members) {
        return members.string("id").map(id -> RoomId.of(id)
                .orElseThrow(() -> ProblemException.invalidRequest("id: expected " + RoomId.RULE)));
    }
}
