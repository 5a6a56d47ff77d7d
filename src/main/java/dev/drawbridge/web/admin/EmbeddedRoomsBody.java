package dev.drawbridge.web.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Schema(name = "EmbeddedRooms", description = "Rooms that have images and videos inside.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record EmbeddedRoomsBody(
        List<Room> rooms,

        @Schema(
                description =
                        "The cursor of the next page; absent on the last one. A page may have no rooms and not be the last.",
                example = "dGVhbS1yZXRybw")
        @Nullable
        String next) {

    @Schema(name = "EmbeddedRoom")
    record Room(
            @Schema(example = "team-retro") String roomId,
            @Schema(example = "3") int count,

            @Schema(description = "What they take in the room, in characters.", example = "8213004")
            long characters) {}
}
