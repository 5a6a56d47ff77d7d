package dev.drawbridge.web.admin;

import io.swagger.v3.oas.annotations.media.Schema;

@Schema(name = "Discarded", description = "What was thrown away.")
record DiscardedBody(
        @Schema(description = "How many dead letters are gone.", example = "12")
        int discarded) {}
