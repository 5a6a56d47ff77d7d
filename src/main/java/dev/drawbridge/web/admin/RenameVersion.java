package dev.drawbridge.web.admin;

import dev.drawbridge.json.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;
import java.util.Set;

/** What a version is to be called. */
@Schema(name = "RenameVersion", description = "What a version is to be called.")
record RenameVersion(
        @Schema(
                types = {"string", "null"},
                requiredMode = Schema.RequiredMode.REQUIRED,
                description = VersionName.RULE + "; null for no name.",
                example = "Before the workshop")
        Optional<String> name) {

    static RenameVersion read(JsonValue body) {
        return new RenameVersion(
                VersionName.read(Members.of(body, Set.of("name")).required("name")));
    }
}
