package dev.drawbridge.web.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drawbridge.host.RoomDetails;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

@Schema(
        name = "Room",
        description = "What there is to say of a room. Records, bytes, clock and times are those of what is stored.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record RoomBody(
        @Schema(example = "team-retro") String id,

        @Schema(
                description = "`active`: open on a node. `stored`: only stored.",
                allowableValues = {"active", "stored"},
                example = "active")
        String state,

        @Schema(
                description = "The node that has it open; absent when it is only stored.",
                example = "drawbridge-0-3f9a1c")
        @Nullable
        String node,

        @Schema(
                types = "integer",
                format = "int32",
                description = "How many are in it, those lost for the moment included; absent when the node that has it"
                        + " open does not say.",
                example = "3")
        @Nullable
        Integer sessions,

        @Schema(description = "How many records it has.", example = "120")
        int records,

        @Schema(description = "The size of all its records as JSON.", example = "61440")
        long bytes,

        @Schema(description = "Grows with each change.", example = "7")
        long documentClock,

        Instant created,
        Instant lastChanged) {

    static RoomBody of(RoomDetails room) {
        return new RoomBody(
                room.id(),
                room.state().name().toLowerCase(Locale.ROOT),
                room.node().orElse(null),
                room.sessions().isPresent() ? (Integer) room.sessions().getAsInt() : null,
                room.records(),
                room.bytes(),
                room.documentClock(),
                room.created(),
                room.lastChanged());
    }
}
