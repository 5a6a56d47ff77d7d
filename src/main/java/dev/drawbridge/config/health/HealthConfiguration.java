package dev.drawbridge.config.health;

import dev.drawbridge.events.hooks.Hooks;
import dev.drawbridge.history.VersionStore;
import dev.drawbridge.store.RoomStore;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What health and readiness are judged by. */
@Configuration(proxyBeanMethods = false)
class HealthConfiguration {

    @Bean
    StoreProbe storeProbe(RoomStore store, InstantSource clock) {
        return new StoreProbe("The store", store::ping, clock);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "drawbridge.history.enabled", matchIfMissing = true)
    HealthIndicator historyHealthIndicator(VersionStore store, InstantSource clock) {
        return new HistoryHealthIndicator(new StoreProbe(
                "The store of versions",
                () -> CompletableFuture.runAsync(
                        store::ping,
                        task -> Thread.ofVirtual().name("history-ping").start(task)),
                clock));
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "drawbridge.events.enabled", matchIfMissing = true)
    HealthIndicator webhooksHealthIndicator(Hooks hooks, InstantSource clock) {
        return new WebhooksHealthIndicator(hooks, clock);
    }
}
