package dev.drawbridge.web.admin;

import dev.drawbridge.json.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;
import java.util.Set;

/** Where a room is to go. */
@Schema(name = "MoveRoom", description = "Where a room is to go.")
record MoveRoom(
        @Schema(
                description = "The id of the node. Without it the room goes to the best other one.",
                example = "drawbridge-1-77ab09")
        Optional<String> node) {

    static MoveRoom read(JsonValue body) {
        return new MoveRoom(Members.of(body, Set.of("node")).string("node"));
    }
}
