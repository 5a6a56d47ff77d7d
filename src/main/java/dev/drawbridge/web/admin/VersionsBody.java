package dev.drawbridge.web.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drawbridge.history.Version;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

@Schema(name = "Versions", description = "A page of versions, the newest first.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record VersionsBody(
        List<VersionBody> versions,
        Usage usage,

        @Schema(
                description = "The cursor of the next page, of older ones; absent on the last one.",
                example = "019ac0ffee42-3fa9c1")
        @Nullable
        String next) {

    @Schema(name = "VersionUsage", description = "What all versions of the room take.")
    record Usage(
            @Schema(description = "How many they are.", example = "64")
            long count,

            @Schema(description = "What they take as they are kept, which is what differs.", example = "813004")
            long bytes) {}

    static VersionsBody of(Past.Page page, Function<Version, VersionBody> body) {
        return new VersionsBody(
                page.versions().stream().map(body).toList(),
                new Usage(page.usage().versions(), page.usage().bytes()),
                page.next().orElse(null));
    }
}
