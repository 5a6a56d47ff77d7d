package dev.drawbridge.web.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drawbridge.assets.Asset;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Schema(name = "Asset", description = "An image or a video that was uploaded.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record AssetBody(
        @Schema(description = "It is served at `/uploads/{id}`.", example = "Xq3dP0aYc2-holiday.png")
        String id,

        @Schema(
                description = "The room it was brought to; absent when none was told. Others may show it as well.",
                example = "team-retro")
        @Nullable
        String room,

        @Schema(description = "What it was recognised as.", example = "image/png")
        String type,

        @Schema(description = "In bytes.", example = "48213")
        long size,

        @Schema(
                description = "Of its content, in hexadecimal digits.",
                example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        String sha256,

        Instant created,

        @Schema(description = "When it was uploaded last, the same again included.")
        Instant touched) {

    static AssetBody of(Asset asset) {
        return new AssetBody(
                asset.id(),
                asset.room().orElse(null),
                asset.type().name(),
                asset.size(),
                asset.sha256(),
                asset.created(),
                asset.touched());
    }
}
