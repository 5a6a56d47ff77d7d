package dev.drawbridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.protocol.Limits;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

@DisplayName("Settings")
@ExtendWith(OutputCaptureExtension.class)
class SettingsTest {

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({
        RoomProperties.class,
        LimitsProperties.class,
        LinksProperties.class,
        WebSocketProperties.class,
        AssetsProperties.class,
        StoreProperties.class,
        HistoryProperties.class
    })
    static class Application {}

    private static ConfigurableApplicationContext start(String... arguments) {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .run(arguments);
    }

    @ParameterizedTest(name = "{0}={1} stops the start: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            drawbridge.room.unload-after            | -1s   | PT-1S | must be a duration of 0s or more
            drawbridge.room.unload-after            | soon  | soon  | not a valid duration
            drawbridge.room.connect-timeout         | 0s    | PT0S  | must be a duration of 1ms or more
            drawbridge.room.idle-timeout            | -5s   | PT-5S | must be a duration of 1ms or more
            drawbridge.room.removal-timeout         | -5s   | PT-5S | must be a duration of 0s or more
            drawbridge.room.max-tombstones          | -1    | -1    | must be greater than or equal to 0
            drawbridge.room.max-tombstones          | many  | many  | int
            drawbridge.room.tombstone-prune-buffer  | -1    | -1    | must be greater than or equal to 0
            drawbridge.room.commit-timeout          | 0     | PT0S  | must be a duration of 1ms or more
            drawbridge.room.max-held                | 1KB   | 1024B | must be a size of at least 64KB
            drawbridge.limits.outbox                | 1KB   | 1024B | must be a size of at least 64KB
            drawbridge.limits.outbox                | huge  | huge  | data size
            drawbridge.limits.message-length        | 10    | 10    | must be greater than or equal to 1000
            drawbridge.limits.chunks                | 0     | 0     | must be greater than or equal to 1
            drawbridge.assets.type                  | attic | attic | FILES
            drawbridge.assets.max-size              | 10    | 10B   | must be a size of at least 1KB
            drawbridge.assets.max-per-room          | -1    | -1B   | must be a size of at least 0B
            drawbridge.assets.types[0]              | ' '   | ' '   | must not be blank
            drawbridge.assets.uploads-per-minute    | 0     | 0     | must be greater than or equal to 1
            drawbridge.assets.concurrent-uploads    | 0     | 0     | must be greater than or equal to 1
            drawbridge.assets.min-speed-after       | -1s   | PT-1S | must be a duration of 0s or more
            drawbridge.history.type                 | attic | attic | AUTO
            drawbridge.history.every                | -1s   | PT-1S | must be a duration of 0s or more
            drawbridge.history.keep.daily           | -1d   | PT-24H | must be a duration of 0s or more
            drawbridge.history.max-per-room         | -1    | -1B   | must be a size of at least 0B
            drawbridge.history.open-access          | edit  | edit  | RESTORE
            drawbridge.history.rate                 | 0     | 0     | must be greater than or equal to 1
            drawbridge.websocket.compression        | maybe | maybe | boolean
            drawbridge.websocket.allowed-origins[0] | ' '   | ' '   | must not be blank
            drawbridge.links.timeout                | 1ms   | PT0.001S | must be longer than or equal to 100 millis
            drawbridge.links.max-size               | 1KB   | 1024B | must be a size of at least 16KB
            drawbridge.links.rate                   | 0     | 0     | must be greater than or equal to 1
            drawbridge.links.max-concurrent         | 0     | 0     | must be greater than or equal to 1
            drawbridge.links.user-agent             | ü     | ü     | must be visible ASCII characters
            drawbridge.store.type                   | mysql | mysql | SQLITE
            drawbridge.store.redis.key-prefix       | a{b}  | a{b}  | visible ASCII characters, at least one, without braces
            drawbridge.store.redis.key-prefix       | ''    | ''    | visible ASCII characters, at least one, without braces
            """)
    @DisplayName("that cannot be stop the start, and say which, what it is and what is allowed")
    void bad(String property, String value, String printed, String allowed, CapturedOutput output) {
        assertThatThrownBy(() -> start("--" + property + "=" + value)).isNotNull();

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("Value: \"" + printed + "\"")
                .contains(allowed)
                .doesNotContain("\tat ");
        // Spring Boot writes the names of nested ones in camel case.
        assertThat(output.toString().replace("-", "")).containsIgnoringCase("Property: " + property.replace("-", ""));
    }

    @Test
    @DisplayName("that were left empty are as if they were not there")
    void empty() {
        try (ConfigurableApplicationContext application = start(
                "--drawbridge.room.unload-after=", "--drawbridge.limits.outbox=", "--drawbridge.store.sqlite.path=")) {
            RoomProperties room = application.getBean(RoomProperties.class);
            assertThat(List.of(
                            room.unloadAfter(),
                            application.getBean(LimitsProperties.class).outbox()))
                    .doesNotContainNull();
            assertThat(application.getBean(StoreProperties.class).sqlite().path())
                    .isNotNull();
        }
    }

    @Test
    @DisplayName("bound what clients and rooms may take by default as the engine does")
    void limits() {
        try (ConfigurableApplicationContext application = start()) {
            assertThat(application.getBean(LimitsProperties.class).toLimits()).isEqualTo(Limits.DEFAULT);
        }
    }

    @Test
    @DisplayName("may be left alone")
    void defaults() {
        try (ConfigurableApplicationContext application = start()) {
            assertThat(application.getBeansOfType(RoomProperties.class)).isNotEqualTo(Map.of());
        }
    }
}
