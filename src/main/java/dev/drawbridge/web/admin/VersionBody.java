package dev.drawbridge.web.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drawbridge.history.Contributor;
import dev.drawbridge.history.Version;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

@Schema(name = "Version", description = "What a room was at some time.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record VersionBody(
        @Schema(description = "Its id within the room.", example = "019ac0ffee42-3fa9c1")
        String id,

        @Schema(description = "When it was made.") Instant time,

        @Schema(description = "The document clock that it shows.", example = "7")
        long clock,

        @Schema(
                description = "What it is called; absent when it has no name. One with a name is not thinned out.",
                example = "Before the workshop")
        @Nullable
        String name,

        @Schema(
                description = "Why it was made.",
                allowableValues = {
                    "auto",
                    "manual",
                    "before-restore",
                    "before-import",
                    "before-agent",
                    "last-left",
                    "api"
                },
                example = "auto")
        String reason,

        @Schema(description = "Who has changed the room since the version before.")
        List<By> by,

        @Schema(description = "How many records it has.", example = "120")
        int records,

        @Schema(description = "The size of all its records as JSON.", example = "61440")
        long bytes) {

    /** Somebody who has changed the room. */
    @Schema(
            name = "Contributor",
            description = "Somebody who has changed the room. Without an id it was somebody whom nobody knows.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record By(
            @Schema(description = "The user as the access check named them.", example = "u-42") @Nullable
            String id,

            @Schema(example = "Ada") @Nullable String name) {

        static List<By> of(List<Contributor> contributors) {
            return contributors.stream()
                    .map(who -> new By(who.userId().orElse(null), who.name().orElse(null)))
                    .toList();
        }

        /** By names only, each once: ids may be what users of other teams are not to know. */
        static List<By> named(List<Contributor> contributors) {
            return contributors.stream()
                    .flatMap(who -> who.name().stream())
                    .distinct()
                    .map(name -> new By(null, name))
                    .toList();
        }
    }

    /** As operators see it. */
    static VersionBody of(Version version) {
        return of(version, By::of);
    }

    /** As users see it. */
    static VersionBody own(Version version) {
        return of(version, By::named);
    }

    private static VersionBody of(Version version, Function<List<Contributor>, List<By>> by) {
        return new VersionBody(
                version.id().text(),
                version.time(),
                version.clock(),
                version.name().orElse(null),
                version.reason().word(),
                by.apply(version.contributors()),
                version.records(),
                version.bytes());
    }
}
