package dev.drawbridge.web.admin;

import io.swagger.v3.oas.annotations.media.Schema;

@Schema(name = "Compaction", description = "How much the store takes on the disk.")
record CompactionBody(
        @Schema(example = "268435456") long bytesBefore,
        @Schema(example = "67108864") long bytesAfter) {}
