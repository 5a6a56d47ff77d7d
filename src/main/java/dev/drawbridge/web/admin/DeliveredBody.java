package dev.drawbridge.web.admin;

import io.swagger.v3.oas.annotations.media.Schema;

@Schema(name = "Delivered", description = "To how many a message was handed out.")
record DeliveredBody(@Schema(example = "3") int delivered) {}
