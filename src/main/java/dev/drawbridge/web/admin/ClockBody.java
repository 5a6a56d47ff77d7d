package dev.drawbridge.web.admin;

import io.swagger.v3.oas.annotations.media.Schema;

@Schema(name = "Clock", description = "Where a room is.")
record ClockBody(
        @Schema(description = "The clock of the room afterwards.", example = "8")
        long documentClock) {}
