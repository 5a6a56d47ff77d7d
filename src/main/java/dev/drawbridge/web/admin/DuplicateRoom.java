package dev.drawbridge.web.admin;

import dev.drawbridge.json.JsonValue;
import dev.drawbridge.room.RoomId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;
import java.util.Set;

/** A copy of a room to make. */
@Schema(name = "DuplicateRoom", description = "A copy of a room to make.")
record DuplicateRoom(
        @Schema(
                description = "The id of the copy, " + RoomId.RULE + ". Without it a random one is made.",
                example = "team-retro-copy")
        Optional<String> id) {

    static DuplicateRoom read(JsonValue body) {
        return new DuplicateRoom(CreateRoom.newRoomId(Members.of(body, Set.of("id"))));
    }
}
