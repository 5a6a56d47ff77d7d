package dev.drawbridge.web.admin;

import io.swagger.v3.oas.annotations.media.Schema;

@Schema(name = "EmbeddedAssets", description = "Images and videos that are inside a room, as data URLs.")
record EmbeddedBody(
        @Schema(example = "3") int count,

        @Schema(description = "What they take in the room, in characters.", example = "8213004")
        long characters) {}
