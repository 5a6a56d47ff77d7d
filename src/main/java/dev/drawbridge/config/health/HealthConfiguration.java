package dev.drawbridge.config.health;

import dev.drawbridge.store.RoomStore;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What health and readiness are judged by. */
@Configuration(proxyBeanMethods = false)
class HealthConfiguration {

    @Bean
    StoreProbe storeProbe(RoomStore store, InstantSource clock) {
        return new StoreProbe(store, clock);
    }
}
