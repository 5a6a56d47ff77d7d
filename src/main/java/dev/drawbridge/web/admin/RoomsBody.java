package dev.drawbridge.web.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drawbridge.host.RoomListing;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

@Schema(name = "Rooms", description = "A page of rooms, in the order of their ids.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record RoomsBody(
        List<RoomBody> rooms,

        @Schema(
                description =
                        "The cursor of the next page; absent on the last one. A page may be short, or empty, and not"
                                + " be the last.",
                example = "dGVhbS1yZXRybw")
        @Nullable
        String next,

        @Schema(
                description =
                        "The nodes that did not answer in time; absent when all have. Rooms that are open there are"
                                + " missing in a list of open rooms, and have no `sessions` in others.",
                example = "[\"drawbridge-1-77ab09\"]")
        @Nullable
        Set<String> unanswered) {

    static RoomsBody of(RoomListing listing) {
        return new RoomsBody(
                listing.rooms().stream().map(RoomBody::of).toList(),
                listing.next().map(Cursor::after).orElse(null),
                listing.unanswered().isEmpty() ? null : listing.unanswered());
    }
}
