package dev.drawbridge.web.admin;

import dev.drawbridge.history.Restored;
import dev.drawbridge.history.Version;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.function.Function;

@Schema(name = "Restored", description = "A version was brought back.")
record RestoredBody(
        @Schema(description = "The clock of the room afterwards.", example = "8")
        long documentClock,

        @Schema(description = "The version that shows what was there before.")
        VersionBody before) {

    static RestoredBody of(Restored restored, Function<Version, VersionBody> body) {
        return new RestoredBody(restored.documentClock(), body.apply(restored.before()));
    }
}
