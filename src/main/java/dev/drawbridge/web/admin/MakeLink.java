package dev.drawbridge.web.admin;

import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.security.LinkTokens;
import dev.drawbridge.security.Permission;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** A link into a room to be made. */
@Schema(name = "MakeLink", description = "A link into a room to be made.")
record MakeLink(
        @Schema(
                description = "What who comes by it may do.",
                requiredMode = Schema.RequiredMode.REQUIRED,
                allowableValues = {"edit", "comment", "view"})
        Permission permission,

        @Schema(
                description = "How long it holds, 366 days at most.",
                types = "integer",
                minimum = "1",
                maximum = "31622400",
                defaultValue = "2592000")
        long expiresInSeconds,

        @Schema(description = "What who comes by it is called, at most 200 characters.", example = "Ada")
        Optional<String> name,

        @Schema(description = "The id of the user who it is for, at most 200 characters.", example = "u-42")
        Optional<String> userId) {

    private static final Duration USUAL = Duration.ofDays(30);
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final int LONGEST_TEXT = 200;

    static MakeLink read(JsonValue body) {
        Members members = Members.of(body, Set.of("permission", "expiresInSeconds", "name", "userId"));
        members.required("permission");
        return new MakeLink(
                members.string("permission")
                        .flatMap(Permission::of)
                        .orElseThrow(
                                () -> ProblemException.invalidRequest("permission: expected edit, comment or view")),
                members.value("expiresInSeconds").map(MakeLink::seconds).orElse(USUAL.toSeconds()),
                text(members, "name"),
                text(members, "userId"));
    }

    private static long seconds(JsonValue value) {
        if (value instanceof JsonNumber(double seconds)
                && seconds >= 1
                && seconds <= LONGEST.toSeconds()
                && seconds == Math.rint(seconds)) {
            return (long) seconds;
        }
        throw ProblemException.invalidRequest(
                "expiresInSeconds: expected a whole number from 1 to " + LONGEST.toSeconds());
    }

    private static Optional<String> text(Members members, String name) {
        Optional<String> text = members.string(name);
        if (text.filter(it -> it.isBlank() || it.length() > LONGEST_TEXT).isPresent()) {
            throw ProblemException.invalidRequest(name + ": expected 1 to " + LONGEST_TEXT + " characters");
        }
        return text;
    }

    LinkTokens.Wanted into(String roomId) {
        return new LinkTokens.Wanted(roomId, permission, Duration.ofSeconds(expiresInSeconds), userId, name);
    }
}
