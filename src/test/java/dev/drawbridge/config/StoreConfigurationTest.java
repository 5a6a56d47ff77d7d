package dev.drawbridge.config;

import static dev.drawbridge.store.StoredRooms.change;
import static dev.drawbridge.store.StoredRooms.get;
import static dev.drawbridge.store.StoredRooms.opened;
import static dev.drawbridge.store.StoredRooms.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.host.NodeIdentity;
import dev.drawbridge.store.CommitResult;
import dev.drawbridge.store.Ownership;
import dev.drawbridge.store.RoomStore;
import dev.drawbridge.store.redis.RedisProcess;
import dev.drawbridge.store.redis.RedisRoomStore;
import dev.drawbridge.store.redis.RedisSentinel;
import dev.drawbridge.store.redis.SharedRedisCluster;
import dev.drawbridge.store.sqlite.SqliteRoomStore;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

@ExtendWith(OutputCaptureExtension.class)
class StoreConfigurationTest {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(excludeName = "dev.drawbridge.security.RoomAccessConfiguration")
    @EnableConfigurationProperties(StoreProperties.class)
    @Import({StoreConfiguration.class, RedisStoreConfiguration.class})
    static class Application {

        @Bean
        InstantSource clock() {
            return InstantSource.system();
        }

        @Bean
        NodeIdentity node(InstantSource clock) {
            return new NodeIdentity("test-node", clock.instant());
        }
    }

    private static ConfigurableApplicationContext start(String... settings) {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .properties("management.endpoint.health.validate-group-membership=false") // the rooms are not here
                .run(Arrays.stream(settings).map(setting -> "--" + setting).toArray(String[]::new));
    }

    private static void assertThatItStores(ConfigurableApplicationContext application) {
        RoomStore store = application.getBean(RoomStore.class);
        Ownership owner = opened(store.open("room")).ownership();
        assertThat(get(store.commit("room", owner, change(1, record("a", 1))))).isEqualTo(new CommitResult.Committed());
    }

    @Test
    @DisplayName("SQLite is the default, and nothing of Redis is there")
    void sqlite(@TempDir Path folder) {
        Path path = folder.resolve("made").resolve("rooms.db");
        try (ConfigurableApplicationContext application = start("drawbridge.store.sqlite.path=" + path)) {
            assertThat(application.getBean(RoomStore.class)).isInstanceOf(SqliteRoomStore.class);
            assertThat(application.getBeanNamesForType(RedisConnectionFactory.class))
                    .isEmpty();
            assertThat(Stream.of(application.getBeanDefinitionNames())
                            .filter(name -> name.toLowerCase(Locale.ROOT).contains("redis"))
                            .filter(name -> application.containsBean(name)))
                    .isEmpty();
            assertThatItStores(application);
        }
        assertThat(Files.exists(path)).isTrue();
    }

    @Test
    @DisplayName("The defaults are those of the README")
    void defaults() {
        StoreProperties defaults = new Binder(new MapConfigurationPropertySource())
                .bindOrCreate("drawbridge.store", StoreProperties.class);

        assertThat(defaults.type()).isEqualTo(StoreProperties.Type.SQLITE);
        assertThat(defaults.sqlite().path()).isEqualTo(Path.of("data/drawbridge.db"));
        assertThat(defaults.redis().keyPrefix()).isEqualTo("drawbridge");
        assertThat(defaults.describe()).startsWith("SQLite, ").endsWith("data/drawbridge.db");
    }

    @Test
    @DisplayName("Redis is reached by Spring Boot's own settings: here with a password, and a database number")
    void redisWithPassword() {
        try (RedisProcess redis = RedisProcess.start("--requirepass", "a secret");
                ConfigurableApplicationContext application = start(
                        "drawbridge.store.type=redis",
                        "drawbridge.store.redis.key-prefix=my",
                        "spring.data.redis.port=" + redis.port(),
                        "spring.data.redis.password=a secret",
                        "spring.data.redis.database=3")) {
            assertThat(application.getBean(RoomStore.class)).isInstanceOf(RedisRoomStore.class);
            assertThatItStores(application);
            var keys = application.getBean(StringRedisTemplate.class);
            assertThat(keys.hasKey("my:{room}:meta")).isTrue();
        }
    }

    @Test
    @DisplayName("On a Redis Cluster it stores too")
    void redisCluster() {
        String nodes = String.join(
                ",",
                SharedRedisCluster.CLUSTER.nodes().stream()
                        .map(node -> "127.0.0.1:" + node.port())
                        .toList());
        try (ConfigurableApplicationContext application =
                start("drawbridge.store.type=redis", "spring.data.redis.cluster.nodes=" + nodes)) {
            assertThatItStores(application);
        }
    }

    @Test
    @DisplayName("Behind Sentinel it stores on the master")
    void redisSentinel() {
        try (RedisProcess master = RedisProcess.start();
                RedisSentinel sentinel = RedisSentinel.start(master.port());
                ConfigurableApplicationContext application = start(
                        "drawbridge.store.type=redis",
                        "spring.data.redis.sentinel.master=" + RedisSentinel.MASTER,
                        "spring.data.redis.sentinel.nodes=127.0.0.1:" + sentinel.port())) {
            assertThatItStores(application);
        }
    }

    @Test
    @DisplayName("The client never sends a command twice and never waits for ever, unless it is told how long to wait")
    void options() {
        try (RedisProcess redis = RedisProcess.start()) {
            String port = "spring.data.redis.port=" + redis.port();
            try (ConfigurableApplicationContext application = start("drawbridge.store.type=redis", port)) {
                LettuceConnectionFactory connections = application.getBean(LettuceConnectionFactory.class);
                assertThat(connections.getClientConfiguration().getCommandTimeout())
                        .isEqualTo(Duration.ofSeconds(3));
                ClientOptions options = optionsOf(connections);
                assertThat(options.getDisconnectedBehavior())
                        .isEqualTo(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS);
                assertThat(options.getTimeoutOptions().isTimeoutCommands()).isTrue();
            }
            try (ConfigurableApplicationContext application =
                    start("drawbridge.store.type=redis", port, "spring.data.redis.timeout=7s")) {
                assertThat(application
                                .getBean(LettuceConnectionFactory.class)
                                .getClientConfiguration()
                                .getCommandTimeout())
                        .isEqualTo(Duration.ofSeconds(7));
            }
        }
    }

    private static ClientOptions optionsOf(LettuceConnectionFactory connections) {
        AbstractRedisClient client = connections.getRequiredNativeClient();
        assertThat(client).isNotNull();
        return connections.getClientConfiguration().getClientOptions().orElseThrow();
    }

    @Test
    @DisplayName("A Redis that is not there is said plainly, and the server does not start")
    void redisIsNotThere(CapturedOutput output) {
        assertThatThrownBy(() -> start("drawbridge.store.type=redis", "spring.data.redis.port=1"))
                .isNotNull();

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("Redis cannot be reached; check spring.data.redis.*")
                .containsPattern("localhost|127.0.0.1")
                .doesNotContain("\tat dev.drawbridge");
    }

    @Test
    @DisplayName("An unknown type is refused with the names of those there are")
    void unknownType() {
        assertThatThrownBy(() -> start("drawbridge.store.type=mysql")).hasStackTraceContaining("mysql");
    }
}
