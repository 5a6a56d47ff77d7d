package dev.drawbridge.config;

import dev.drawbridge.host.HostSettings;
import dev.drawbridge.host.RoomRegistry;
import dev.drawbridge.room.RoomLoader;
import dev.drawbridge.schema.StoreSchema;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import dev.drawbridge.store.RoomStore;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the parts of the engine together. */
@Configuration(proxyBeanMethods = false)
class RoomConfiguration {

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    StoreSchema storeSchema() {
        return TldrawSchema.create();
    }

    @Bean
    HostSettings hostSettings(RoomProperties properties) {
        return properties.toHostSettings();
    }

    @Bean
    RoomLoader roomLoader(StoreSchema schema, HostSettings settings) {
        return new RoomLoader(schema, TldrawSchema.initialRecords(), settings.room(), RoomConfiguration::randomText);
    }

    @Bean(destroyMethod = "shutdown")
    ExecutorService roomExecutor() {
        int threads = Runtime.getRuntime().availableProcessors();
        return Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("room-", 0).factory());
    }

    @Bean
    RoomRegistry roomRegistry(
            RoomStore store,
            RoomLoader loader,
            ExecutorService roomExecutor,
            InstantSource clock,
            HostSettings settings) {
        return new RoomRegistry(store, loader, roomExecutor, clock, settings);
    }

    private static String randomText() {
        return UUID.randomUUID().toString();
    }
}
