package dev.drawbridge.web.admin;

import dev.drawbridge.json.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Set;

/** A message that means something to the application, and nothing to the room. */
@Schema(
        name = "CustomMessage",
        description = "A message for the application: clients receive it as onCustomMessageReceived.")
record CustomMessage(
        @Schema(
                types = {"object", "array", "string", "number", "boolean", "null"},
                description = "Any JSON value.",
                requiredMode = Schema.RequiredMode.REQUIRED,
                example = "{\"text\":\"We close in five minutes\"}")
        JsonValue data) {

    static CustomMessage read(JsonValue body) {
        return new CustomMessage(Members.of(body, Set.of("data")).required("data"));
    }
}
