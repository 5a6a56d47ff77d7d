package dev.drawbridge.security;

import dev.drawbridge.config.AccessProperties;
import dev.drawbridge.config.HistoryProperties;
import dev.drawbridge.config.WebSocketProperties;
import dev.drawbridge.config.service.Bulkhead;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Who may enter, as set. An auto-configuration, so that it sees whether there is another {@link RoomAccess} already. */
@AutoConfiguration
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnMissingBean(RoomAccess.class)
class RoomAccessConfiguration {
    private static final Logger log = LoggerFactory.getLogger(RoomAccessConfiguration.class);
    private static final Duration BETWEEN_KEY_REQUESTS = Duration.ofSeconds(10);

    @Bean
    RoomAccess roomAccess(
            AccessProperties properties, HistoryProperties history, WebSocketProperties socket, InstantSource clock) {
        return switch (properties.mode()) {
            case OPEN -> new OpenAccess(open(history.openAccess()));
            case JWT -> jwt(properties.jwt(), socket, clock);
            case WEBHOOK -> webhook(properties.webhook(), socket, clock);
        };
    }

    private static HistoryAccess open(HistoryProperties.OpenAccess setting) {
        return switch (setting) {
            case NONE -> HistoryAccess.NONE;
            case READ -> HistoryAccess.READ;
            case RESTORE -> HistoryAccess.RESTORE;
        };
    }

    /** There is none where a bean of the team's own decides who may enter. */
    @Bean
    LinkTokens linkTokens(AccessProperties properties, InstantSource clock) {
        return switch (properties.mode()) {
            case OPEN -> new LinkTokens.NotNeeded();
            case JWT ->
                new TokenKeys(properties.jwt(), BETWEEN_KEY_REQUESTS)
                        .sharedSecret()
                        .<LinkTokens>map(secret -> new LinkTokens.Signed(secret, properties.jwt(), clock))
                        .orElseGet(() -> new LinkTokens.NotPossible(
                                "This server verifies tokens with public keys, and cannot make any: only who has the"
                                        + " private key can"));
            case WEBHOOK ->
                new LinkTokens.NotPossible("A service of yours decides who may enter a room: links are its business");
        };
    }

    private static RoomAccess jwt(AccessProperties.Jwt settings, WebSocketProperties socket, InstantSource clock) {
        if (settings.cookie() != null) {
            warnOfForeignPages(socket, "drawbridge.access.jwt.cookie");
        }
        return new JwtAccess(
                new TokenLookup(settings.cookie()),
                new TokenVerifier(
                        new TokenKeys(settings, BETWEEN_KEY_REQUESTS).selector(),
                        TokenRules.of(settings, clock.withZone(ZoneOffset.UTC))),
                settings.claims(),
                settings.clockSkew(),
                clock);
    }

    private static RoomAccess webhook(
            AccessProperties.Webhook settings, WebSocketProperties socket, InstantSource clock) {
        if (settings.headers().stream().anyMatch("Cookie"::equalsIgnoreCase)) {
            warnOfForeignPages(socket, "drawbridge.access.webhook.headers=Cookie");
        }
        return new WebhookAccess(
                new WebhookQuestion(settings.headers()),
                new WebhookCall(settings),
                new Bulkhead<>(
                        "the webhook",
                        settings.maxConcurrent(),
                        settings.maxWaiting(),
                        settings.timeout(),
                        System::nanoTime),
                settings.cacheTtl(),
                clock);
    }

    /** A browser sends cookies along for whichever page opens the WebSocket. */
    private static void warnOfForeignPages(WebSocketProperties socket, String setting) {
        if (socket.allowedOrigins().contains("*")) {
            log.warn(
                    "With {} every web page can open a room in the name of who visits it;"
                            + " drawbridge.websocket.allowed-origins should name your own pages",
                    setting);
        }
    }
}
