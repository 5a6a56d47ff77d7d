package dev.drawbridge.web.admin;

import io.swagger.v3.oas.annotations.media.Schema;

@Schema(name = "Resent", description = "What is sent again.")
record ResentBody(
        @Schema(
                description = "How many events wait again; others stay dead letters when the queue is full.",
                example = "12")
        int resent) {}
