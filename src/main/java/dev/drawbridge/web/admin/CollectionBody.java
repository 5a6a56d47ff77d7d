package dev.drawbridge.web.admin;

import dev.drawbridge.assets.collection.CollectionReport;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

@Schema(name = "Collection", description = "What a look for unused assets has found.")
record CollectionBody(
        @Schema(description = "Whether nothing was to be deleted.")
        boolean dryRun,

        @Schema(description = "How many assets there are.", example = "2104")
        long assets,

        @Schema(description = "How many of them have been in no room for long enough.", example = "17")
        long unused,

        @Schema(description = "What these take.", example = "8213004")
        long unusedBytes,

        @Schema(
                description =
                        "How many were deleted. None are when assets were not looked at for a while: since when one is"
                                + " unused is not known then.",
                example = "17")
        long deleted,

        @Schema(description = "What those took.", example = "8213004")
        long deletedBytes,

        @Schema(description = "The first of the unused, at most " + CollectionReport.MOST_EXAMPLES + ".")
        List<AssetBody> examples) {

    static CollectionBody of(boolean dryRun, CollectionReport report) {
        return new CollectionBody(
                dryRun,
                report.assets(),
                report.unused(),
                report.unusedBytes(),
                report.deleted(),
                report.deletedBytes(),
                report.examples().stream().map(AssetBody::of).toList());
    }
}
