package dev.drawbridge.web.admin;

import dev.drawbridge.history.Reason;
import dev.drawbridge.json.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;
import java.util.Set;

/**
 * A version to make.
 *
 * @param reason empty when none is named
 */
@Schema(name = "MakeVersion", description = "A version to make.")
record MakeVersion(
        @Schema(
                description = "What it is called, " + VersionName.RULE + ". One with a name is not thinned out.",
                example = "Before the workshop")
        Optional<String> name,

        @Schema(
                implementation = String.class,
                description = "Whether a person or a program has asked for it; without it a program has.",
                allowableValues = {"manual", "api"})
        Optional<Reason> reason) {

    static MakeVersion read(JsonValue body) {
        Members members = Members.of(body, Set.of("name", "reason"));
        return new MakeVersion(
                members.value("name").flatMap(VersionName::read),
                members.string("reason").map(MakeVersion::reason));
    }

    private static Reason reason(String word) {
        return Reason.of(word)
                .filter(reason -> reason == Reason.MANUAL || reason == Reason.API)
                .orElseThrow(() -> ProblemException.invalidRequest("reason: expected manual or api"));
    }
}
