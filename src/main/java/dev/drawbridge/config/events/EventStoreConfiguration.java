package dev.drawbridge.config.events;

import dev.drawbridge.config.EventsProperties;
import dev.drawbridge.config.SettingException;
import dev.drawbridge.config.StoreProperties;
import dev.drawbridge.events.EventStore;
import dev.drawbridge.events.EventStoreException;
import dev.drawbridge.events.sqlite.SqliteEventStore;
import java.nio.file.Path;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where events are kept: beside the rooms. */
@Configuration(proxyBeanMethods = false)
@EventsWhenEnabled
class EventStoreConfiguration {

    @Bean
    @ConditionalOnProperty(name = "drawbridge.store.type", havingValue = "sqlite", matchIfMissing = true)
    EventStore sqliteEventStore(EventsProperties properties, StoreProperties rooms) {
        Path file = SqliteEventStore.beside(rooms.sqlite().path());
        try {
            return SqliteEventStore.open(file, kept(properties));
        } catch (EventStoreException e) {
            throw new SettingException(
                    "drawbridge.events.enabled",
                    "true",
                    "does not work with the file " + file + ": " + e.getMessage(),
                    "Let this server write to that file, or set drawbridge.events.enabled=false: then nobody is told of"
                            + " events");
        }
    }

    private static EventStore.Kept kept(EventsProperties properties) {
        return new EventStore.Kept(properties.kept(), properties.keptBytes().toBytes());
    }
}
