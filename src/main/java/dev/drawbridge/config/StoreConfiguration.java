package dev.drawbridge.config;

import dev.drawbridge.store.RoomStore;
import dev.drawbridge.store.sqlite.SqliteRoomStore;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The store that is kept in a file; the other one is in {@link RedisStoreConfiguration}. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    @Bean
    @ConditionalOnProperty(name = "drawbridge.store.type", havingValue = "sqlite", matchIfMissing = true)
    RoomStore sqliteRoomStore(StoreProperties properties, InstantSource clock) {
        return SqliteRoomStore.open(
                properties.sqlite().path(), clock, () -> UUID.randomUUID().toString());
    }
}
