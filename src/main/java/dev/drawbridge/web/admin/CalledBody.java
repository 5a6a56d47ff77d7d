package dev.drawbridge.web.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drawbridge.events.hooks.Attempt;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(name = "Called", description = "How it went to call a webhook.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record CalledBody(
        @Schema(description = "Whether the receiver has taken it.")
        boolean delivered,

        @Schema(description = "What it has answered; absent when there was no whole answer.", example = "204") @Nullable
        Integer status,

        @Schema(description = "How it went, for people.", example = "answered 204")
        String words) {

    static CalledBody of(Attempt attempt) {
        return new CalledBody(
                attempt.isDelivered(),
                attempt.status().isPresent() ? Integer.valueOf(attempt.status().getAsInt()) : null,
                attempt.words());
    }
}
