package dev.drawbridge.web;

import dev.drawbridge.config.WebSocketProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;

/** Where rooms are joined. */
@Configuration(proxyBeanMethods = false)
@EnableWebSocket
class WebSocketConfiguration implements WebSocketConfigurer {
    private final RoomSocketHandler handler;
    private final WebSocketProperties properties;

    WebSocketConfiguration(RoomSocketHandler handler, WebSocketProperties properties) {
        this.handler = handler;
        this.properties = properties;
    }

    @Override
    public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
        registry.addHandler(handler, JoinRequest.PATH + "**")
                .addInterceptors(new HiddenQuery.Handover())
                .setAllowedOriginPatterns(properties.allowedOrigins().toArray(String[]::new));
    }
}
