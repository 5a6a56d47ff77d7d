package dev.drawbridge.web.admin;

import dev.drawbridge.host.RoomPatch;
import io.swagger.v3.oas.annotations.media.Schema;

@Schema(
        name = "Changes",
        description = "What became of the changes. A record that was put as it is already is not counted.")
record ChangesBody(
        @Schema(description = "The clock of the room afterwards.", example = "8")
        long documentClock,

        @Schema(example = "1") int created,
        @Schema(example = "0") int updated,
        @Schema(example = "0") int deleted) {

    static ChangesBody of(RoomPatch.Outcome outcome) {
        return new ChangesBody(outcome.documentClock(), outcome.created(), outcome.updated(), outcome.deleted());
    }
}
