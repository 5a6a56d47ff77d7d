package dev.drawbridge.web.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drawbridge.events.EventStore.DeadLetter;
import dev.drawbridge.events.RoomEvent;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Schema(name = "DeadLetters", description = "A page of events that were given up, the oldest first.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeadLettersBody(
        List<Letter> deadLetters,

        @Schema(description = "The cursor of the next page; absent on the last one.", example = "NWYwYzFhMmItNDI")
        @Nullable
        String next) {

    /** An event that was given up. */
    @Schema(name = "DeadLetter", description = "An event that was given up.")
    record Letter(
            @Schema(description = "The id of the event.", example = "5f0c1a2b-42")
            String id,

            @Schema(example = "room.changed") String type,
            @Schema(example = "team-retro") String room,
            @Schema(description = "When it has happened.") Instant time,

            @Schema(description = "How often it was sent in vain; 0 when there was no room for it.", example = "147")
            int attempts,

            @Schema(description = "Why it was given up.", example = "given up after 148 attempts: answered 500")
            String why,

            @Schema(description = "When it was given up.") Instant since) {

        static Letter of(DeadLetter letter) {
            RoomEvent event = letter.event().event();
            return new Letter(
                    letter.event().id().text(),
                    event.what().type().text(),
                    event.roomId(),
                    event.time(),
                    letter.attempts(),
                    letter.why(),
                    letter.since());
        }
    }

    static DeadLettersBody of(WebhookDesk.Page page) {
        return new DeadLettersBody(
                page.letters().stream().map(Letter::of).toList(), page.next().orElse(null));
    }
}
