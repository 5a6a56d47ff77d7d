package dev.drawbridge.web.admin;

import dev.drawbridge.json.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which dead letters are to be sent again. */
@Schema(name = "ResendLetters", description = "Which dead letters are to be sent again.")
record ResendLetters(
        @Schema(
                implementation = String[].class,
                description = "The ids of the events, at most 1,000; without it all.",
                example = "[\"5f0c1a2b-42\"]")
        Optional<List<String>> ids) {

    static ResendLetters read(JsonValue body) {
        Members members = Members.of(body, Set.of("ids"));
        return new ResendLetters(members.value("ids").map(_ -> members.strings("ids")));
    }
}
