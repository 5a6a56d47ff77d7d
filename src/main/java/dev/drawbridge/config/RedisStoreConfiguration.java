package dev.drawbridge.config;

import dev.drawbridge.host.NodeIdentity;
import dev.drawbridge.store.Liveness;
import dev.drawbridge.store.Membership;
import dev.drawbridge.store.RoomStore;
import dev.drawbridge.store.TakeOvers;
import dev.drawbridge.store.redis.RedisRoomStore;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientConfigurationBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The store in Redis, on the client that Spring Boot makes of {@code spring.data.redis.*}. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "drawbridge.store.type", havingValue = "redis")
class RedisStoreConfiguration {
    /** Less than the patience of a room with its commits, so that it has time to ask again. */
    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(3);

    /** The driver's own would wait up to half a minute once Redis is back. */
    private static final Delay RECONNECT_DELAY =
            Delay.equalJitter(Duration.ofMillis(50), Duration.ofSeconds(1), 50, TimeUnit.MILLISECONDS);

    @Bean
    RoomStore redisRoomStore(
            LettuceConnectionFactory connections,
            StoreProperties properties,
            InstantSource clock,
            NodeIdentity node,
            Optional<Membership> membership,
            Optional<TakeOvers> takeOvers) {
        RedisRoomStore store = RedisRoomStore.connect(
                connections.getRequiredNativeClient(),
                properties.redis().keyPrefix(),
                node.id(),
                clock,
                RedisStoreConfiguration::randomText,
                membership.<Liveness>map(members -> members).orElse(Liveness.ALONE),
                takeOvers.orElse(TakeOvers.UNOBSERVED));
        store.logDurability();
        return store;
    }

    @Bean
    LettuceClientOptionsBuilderCustomizer neverSendTwice() {
        return RedisRoomStore::neverSendTwice;
    }

    @Bean
    LettuceClientConfigurationBuilderCustomizer finiteCommandTimeout(DataRedisProperties redis) {
        return client -> {
            if (redis.getTimeout() == null) {
                client.commandTimeout(COMMAND_TIMEOUT);
            }
        };
    }

    @Bean
    ClientResourcesBuilderCustomizer promptReconnect() {
        return resources -> resources.reconnectDelay(RECONNECT_DELAY);
    }

    private static String randomText() {
        return UUID.randomUUID().toString();
    }
}
