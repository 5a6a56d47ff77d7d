package dev.drawbridge.web.admin;

import dev.drawbridge.json.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Set;

/** What somebody in a room may do from now on. */
@Schema(name = "ChangeRights", description = "What somebody in a room may do from now on.")
record ChangeRights(
        @Schema(description = "Whether they may only look on.", requiredMode = Schema.RequiredMode.REQUIRED)
        boolean readonly) {

    static ChangeRights read(JsonValue body) {
        return new ChangeRights(Members.of(body, Set.of("readonly")).bool("readonly"));
    }
}
