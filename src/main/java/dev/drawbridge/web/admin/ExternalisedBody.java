package dev.drawbridge.web.admin;

import dev.drawbridge.assets.embedded.EmbeddedAssets;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

@Schema(name = "Externalised", description = "What has become of the images and videos inside a room.")
record ExternalisedBody(
        @Schema(description = "How many are uploads now.", example = "3")
        int moved,

        @Schema(description = "What these have, in bytes.", example = "6159753")
        long bytes,

        @Schema(description = "Those that are still in the room.")
        List<Left> left) {

    @Schema(name = "NotExternalised")
    record Left(
            @Schema(example = "asset:1234567") String recordId,

            @Schema(example = "it has more than 10485760 bytes")
            String why) {}

    static ExternalisedBody of(EmbeddedAssets.Report report) {
        return new ExternalisedBody(
                report.moved(),
                report.bytes(),
                report.left().stream()
                        .map(left -> new Left(left.recordId(), left.why()))
                        .toList());
    }
}
