package dev.drawbridge.config;

import dev.drawbridge.cluster.Cluster;
import dev.drawbridge.config.schema.SchemaConfiguration;
import dev.drawbridge.host.HostObserver;
import dev.drawbridge.host.NodeMemory;
import dev.drawbridge.host.RoomCommands;
import dev.drawbridge.store.Membership;
import dev.drawbridge.store.RoomStore;
import dev.drawbridge.store.StoreException;
import dev.drawbridge.store.redis.RedisMembership;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * The engine without a door, for commands that work on the store themselves: the same settings, the same rooms, and nobody
 * who comes in. It owns the rooms that it opens like any server, and those that another server has open stay there.
 */
public final class OfflineEngine implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    private OfflineEngine(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts it.
     *
     * @param settings as on the server's command line, {@code --drawbridge.store.type=…} and the like
     * @throws StoreException when the store cannot be used: an embedded one has its server, as a rule
     * @throws SettingException when a setting is wrong
     */
    public static OfflineEngine start(String... settings) {
        Map<String, Object> quiet = new LinkedHashMap<>();
        quiet.put("logging.level.root", "warn");
        // Why it does not start is said by whoever has started it.
        quiet.put("logging.level.org.springframework.boot.diagnostics", "off");
        quiet.put("logging.level.org.springframework.boot.SpringApplication", "off");
        quiet.put("logging.level.org.springframework.context.annotation.AnnotationConfigApplicationContext", "error");
        try {
            return new OfflineEngine(new SpringApplicationBuilder(Parts.class)
                    .web(WebApplicationType.NONE)
                    .bannerMode(Banner.Mode.OFF)
                    .logStartupInfo(false)
                    .properties(quiet)
                    .run(settings));
        } catch (RuntimeException e) {
            throw knownCause(e).orElse(e);
        }
    }

    private static Optional<RuntimeException> knownCause(Throwable error) {
        for (@Nullable Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof StoreException || cause instanceof SettingException) {
                return Optional.of((RuntimeException) cause);
            }
        }
        return Optional.empty();
    }

    public RoomCommands rooms() {
        return context.getBean(RoomCommands.class);
    }

    public RoomStore store() {
        return context.getBean(RoomStore.class);
    }

    public NodeMemory memory() {
        return context.getBean(NodeMemory.class);
    }

    /** Where rooms are kept, in words. */
    public String describeStore() {
        return context.getBean(StoreProperties.class).describe();
    }

    /** Rooms are put away and given back. */
    @Override
    public void close() {
        context.close();
    }

    /** Not a {@code @Configuration}: the server, which looks for these everywhere below us, must not find it. */
    @Import({
        SchemaConfiguration.class,
        RoomConfiguration.class,
        StoreConfiguration.class,
        OnRedis.class,
        RoomLifecycle.class
    })
    @EnableConfigurationProperties({
        RoomProperties.class,
        LimitsProperties.class,
        SchemaProperties.class,
        MigratorProperties.class,
        AuthorizerProperties.class,
        StoreProperties.class,
        ShutdownProperties.class
    })
    static class Parts {

        @Bean
        HostObserver hostObserver() {
            return new HostObserver() {};
        }
    }

    @ConditionalOnProperty(name = "drawbridge.store.type", havingValue = "redis")
    @Import(RedisStoreConfiguration.class)
    @ImportAutoConfiguration({SslAutoConfiguration.class, DataRedisAutoConfiguration.class})
    @EnableConfigurationProperties(ClusterProperties.class)
    static class OnRedis {

        /** Not to be one of them: only to know whom a room must not be taken from. {@link Cluster} is not here. */
        @Bean
        @Conditional(ClusterWhenChosen.class)
        Membership membership(
                LettuceConnectionFactory connections, StoreProperties store, ClusterProperties properties) {
            return RedisMembership.connect(
                    connections.getRequiredNativeClient(),
                    store.redis().keyPrefix(),
                    properties.timeToLive().dividedBy(3));
        }
    }
}
