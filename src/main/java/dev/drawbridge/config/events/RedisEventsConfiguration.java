package dev.drawbridge.config.events;

import dev.drawbridge.config.EventsProperties;
import dev.drawbridge.config.StoreProperties;
import dev.drawbridge.events.EventStore;
import dev.drawbridge.events.EventStoreException;
import dev.drawbridge.events.redis.RedisEventStore;
import dev.drawbridge.store.StoreException;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Events are kept in the Redis that keeps the rooms. */
@Configuration(proxyBeanMethods = false)
@EventsWhenEnabled
@ConditionalOnProperty(name = "drawbridge.store.type", havingValue = "redis")
class RedisEventsConfiguration {

    @Bean
    EventStore redisEventStore(
            LettuceConnectionFactory connections,
            StoreProperties rooms,
            EventsProperties properties,
            InstantSource clock) {
        try {
            return RedisEventStore.connect(
                    connections.getRequiredNativeClient(),
                    rooms.redis().keyPrefix(),
                    new EventStore.Kept(
                            properties.kept(), properties.keptBytes().toBytes()),
                    clock,
                    () -> ThreadLocalRandom.current().nextLong());
        } catch (EventStoreException e) {
            throw new StoreException(String.valueOf(e.getMessage()), e);
        }
    }
}
