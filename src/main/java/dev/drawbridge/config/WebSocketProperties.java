package dev.drawbridge.config;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The WebSocket endpoint.
 *
 * @param compression whether permessage-deflate is offered to clients; it saves bandwidth and costs several times the CPU
 * @param allowedOrigins the origins whose pages may connect, as patterns; {@code *} is any
 */
@ConfigurationProperties("drawbridge.websocket")
public record WebSocketProperties(
        @DefaultValue("false") boolean compression,
        @DefaultValue("*") List<String> allowedOrigins) {}
