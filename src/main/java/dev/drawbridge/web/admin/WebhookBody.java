package dev.drawbridge.web.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drawbridge.events.EventStore.Level;
import dev.drawbridge.events.EventType;
import dev.drawbridge.events.hooks.Webhook;
import dev.drawbridge.events.hooks.WebhookState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

@Schema(name = "Webhook", description = "A service that is called when something happens in rooms.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record WebhookBody(
        @Schema(description = "Its name in the settings.", example = "crm.example.com")
        String name,

        @Schema(
                description =
                        "The server that is called. The rest of the address is not told: it is a secret for some.",
                example = "https://crm.example.com")
        String server,

        @Schema(description = "The types of the events that it is told of.", example = "[\"room.changed\"]")
        List<String> events,

        @Schema(description = "Of which rooms; `*` stands for any characters.", example = "team-*")
        String rooms,

        @Schema(description = "Whether it is told the records that have changed.")
        boolean diff,

        @Schema(
                description = "How it is, as far as the node knows that answers: `sending`; `failing` when some room's"
                        + " events were not taken and are sent again; `suspended` when the receiver has said that it is no"
                        + " more; `elsewhere` when another node sends.",
                allowableValues = {"sending", "failing", "suspended", "elsewhere"})
        String state,

        @Schema(description = "How many events wait to be sent.", example = "3")
        long waiting,

        @Schema(description = "What these take.", example = "1240")
        long bytes,

        @Schema(description = "When what waits longest has happened; absent when nothing waits.") @Nullable
        Instant oldest,

        @Schema(description = "How many dead letters there are.", example = "0")
        long dead) {

    static WebhookBody of(Webhook webhook, WebhookState state, Level level) {
        return new WebhookBody(
                webhook.name(),
                server(webhook.url()),
                webhook.events().stream().map(EventType::text).toList(),
                webhook.rooms(),
                webhook.diff(),
                state.name().toLowerCase(Locale.ROOT),
                level.waiting(),
                level.bytes(),
                level.oldest().orElse(null),
                level.dead());
    }

    private static String server(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority();
    }
}
