package dev.drawbridge.web.admin;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

@Schema(name = "Webhooks", description = "The webhooks in the settings, in their order.")
record WebhooksBody(List<WebhookBody> webhooks) {}
