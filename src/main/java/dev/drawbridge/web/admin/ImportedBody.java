package dev.drawbridge.web.admin;

import dev.drawbridge.host.RoomImport;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;

@Schema(name = "Imported", description = "What has become of a room that came from elsewhere.")
record ImportedBody(
        @Schema(example = "team-retro") String id,

        @Schema(description = "Whether there was no such room; if there was, its document was replaced.")
        boolean created,

        @Schema(description = "Whether clients that knew the room on another server go on from what they know.")
        boolean historyKept,

        @Schema(description = "How many records it has.", example = "120")
        int records,

        @Schema(
                description = "How many records were left out, by their type: those of types that never leave a client,"
                        + " as `camera` and `instance`.",
                example = "{\"camera\":1}")
        Map<String, Integer> leftOut,

        @Schema(description = "The clock of the room afterwards.", example = "1769850000007")
        long documentClock) {

    static ImportedBody of(String id, RoomImport.Outcome outcome) {
        return new ImportedBody(
                id, outcome.created(), outcome.goesOn(), outcome.records(), outcome.leftOut(), outcome.documentClock());
    }
}
