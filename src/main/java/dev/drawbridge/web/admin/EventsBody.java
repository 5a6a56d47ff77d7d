package dev.drawbridge.web.admin;

import dev.drawbridge.events.EventStore;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

@Schema(name = "Events", description = "A page of what has happened in rooms, the oldest first.")
record EventsBody(
        List<EventBody> events,

        @Schema(
                description =
                        "Whether something is missing between where the page was to begin and where it begins: it is not"
                                + " kept any more.")
        boolean missed,

        @Schema(description = "Where the next page begins.", example = "5f0c1a2b-42")
        String next) {

    static EventsBody of(EventStore.Page page) {
        return new EventsBody(
                page.events().stream().map(EventBody::of).toList(),
                page.missed(),
                page.last().text());
    }
}
