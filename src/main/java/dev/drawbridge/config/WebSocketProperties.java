package dev.drawbridge.config;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The WebSocket endpoint.
 *
 * @param compression whether permessage-deflate is offered to clients; it saves bandwidth and costs several times the CPU
 * @param allowedOrigins the origins whose pages may connect, as patterns; {@code *} is any
 */
@Validated
@ConfigurationProperties("drawbridge.websocket")
public record WebSocketProperties(
        @DefaultValue("false") boolean compression,
        @DefaultValue("*") @NotEmpty List<@NotBlank String> allowedOrigins) {}
