package dev.drawbridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.DrawbridgeApplication;
import dev.drawbridge.cluster.Cluster;
import dev.drawbridge.cluster.link.ClusterSecret;
import dev.drawbridge.cluster.netty.NettyLinks;
import dev.drawbridge.host.Entrance;
import dev.drawbridge.host.Lease;
import dev.drawbridge.host.Neighbours;
import dev.drawbridge.host.RoomRegistry;
import dev.drawbridge.store.Membership;
import dev.drawbridge.store.redis.RedisProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

@DisplayName("The settings of a cluster")
@ExtendWith(OutputCaptureExtension.class)
class ClusterSettingsIT {
    private static final String SECRET = "known-to-this-test-only";

    private static RedisProcess redis;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startRedis() {
        redis = RedisProcess.start("--appendonly", "yes");
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    private ConfigurableApplicationContext start(String... settings) {
        return new SpringApplicationBuilder(DrawbridgeApplication.class)
                .bannerMode(Banner.Mode.OFF)
                .properties(
                        "server.address=127.0.0.1",
                        "drawbridge.store.sqlite.path=" + folder.resolve("rooms.db"),
                        "drawbridge.admin.token=a-token-for-this-test-only",
                        "spring.data.redis.port=" + redis.port(),
                        "drawbridge.cluster.address=127.0.0.1",
                        "drawbridge.cluster.port=0")
                .run(Stream.concat(Stream.of("server.port=0"), Stream.of(settings))
                        .map(each -> "--" + each)
                        .toArray(String[]::new));
    }

    private ConfigurableApplicationContext startOnRedis(String... settings) {
        return start(Stream.concat(Stream.of("drawbridge.store.type=redis"), Stream.of(settings))
                .toArray(String[]::new));
    }

    /** The start is stopped by one sentence and a remedy, without a stack trace, and the secret is in neither. */
    private void assertStopped(CapturedOutput output, List<String> settings, String... said) {
        assertThatThrownBy(() -> startOnRedis(settings.toArray(String[]::new))).isNotNull();
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains(said)
                .doesNotContain("\tat dev.drawbridge", SECRET);
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("cluster"));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(delimiter = '|', textBlock = """
            drawbridge.cluster.secret       | too-short     | drawbridge.cluster.secret = … has 9 characters
            drawbridge.cluster.secret-file  | /not/there    | drawbridge.cluster.secret-file = /not/there cannot be read (NoSuchFileException)
            drawbridge.cluster.time-to-live | 5s            | drawbridge.cluster.time-to-live = PT5S is less than three times drawbridge.cluster.heartbeat (PT2S)
            drawbridge.cluster.heartbeat    | 3s            | drawbridge.cluster.time-to-live = PT8S is less than three times drawbridge.cluster.heartbeat (PT3S)
            drawbridge.cluster.heartbeat    | 10ms          | must be longer than or equal to 100 millis
            drawbridge.cluster.heartbeat    | often         | not a valid duration
            drawbridge.cluster.port         | 65536         | must be less than or equal to 65535
            drawbridge.cluster.port         | -1            | must be greater than or equal to 0
            drawbridge.cluster.address      | not a host    | drawbridge.cluster.address = not a host cannot be found
            drawbridge.cluster.address      | nobody.invalid | drawbridge.cluster.address = nobody.invalid cannot be found
            drawbridge.cluster.address      | 127.0.0.1:7070 | drawbridge.cluster.address = 127.0.0.1:7070 cannot be found
            drawbridge.cluster.address      | 0.0.0.0       | drawbridge.cluster.address = 0.0.0.0 is where one can listen
            drawbridge.cluster.ssl-bundle   | nothing       | drawbridge.cluster.ssl-bundle = nothing names no SSL bundle
            """)
    @DisplayName("that cannot be stop the start, and say which and why")
    void bad(String property, String value, String said, CapturedOutput output) {
        List<String> settings = new ArrayList<>(List.of(property + "=" + value));
        if (!property.contains("secret")) {
            settings.add("drawbridge.cluster.secret=" + SECRET);
        }
        assertStopped(output, settings, said);
    }

    @Test
    @DisplayName("stop the start when the port is taken, and say so")
    void portIsTaken(CapturedOutput output) throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertStopped(
                    output,
                    List.of("drawbridge.cluster.secret=" + SECRET, "drawbridge.cluster.port=" + other.getLocalPort()),
                    "drawbridge.cluster.port = " + other.getLocalPort() + " cannot be opened at 127.0.0.1",
                    "Address already in use");
        }
    }

    @Test
    @DisplayName("stop the start when the secret is set twice, or its file holds none, or is no file")
    void secretFiles(CapturedOutput output) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), SECRET);
        assertStopped(
                output,
                List.of("drawbridge.cluster.secret=" + SECRET, "drawbridge.cluster.secret-file=" + file),
                "drawbridge.cluster.secret-file = " + file + " is set, and drawbridge.cluster.secret is set too");
        assertStopped(
                output,
                List.of("drawbridge.cluster.secret-file=" + folder),
                "drawbridge.cluster.secret-file = " + folder + " cannot be read (IOException)");
        Path empty = Files.writeString(folder.resolve("empty"), " \n");
        assertStopped(
                output,
                List.of("drawbridge.cluster.secret-file=" + empty),
                "drawbridge.cluster.secret-file = … has 0 characters");
    }

    @Test
    @DisplayName("may name a file with the secret, whose end does not count")
    void secretFile() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), SECRET + "\n");
        try (ConfigurableApplicationContext server = startOnRedis("drawbridge.cluster.secret-file=" + file)) {
            byte[] text = {1, 2, 3};
            assertThat(new ClusterSecret(SECRET.getBytes(StandardCharsets.UTF_8))
                            .hasSigned(server.getBean(ClusterSecret.class).sign("x", text), "x", text))
                    .isTrue();
            assertThat(server.getBean(Cluster.class).card().host()).isEqualTo("127.0.0.1");
            assertThat(server.getBean(ClusterProperties.class)).asString().doesNotContain("secret");
        }
    }

    @Nested
    @DisplayName("make no cluster")
    class NoCluster {

        @Test
        @DisplayName("with the embedded store, whatever they are: there is no bean, no thread and no port of it")
        void sqlite() throws IOException {
            Set<Thread> before = threads();
            try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    ConfigurableApplicationContext server = start(
                            "drawbridge.cluster.secret=" + SECRET,
                            "drawbridge.cluster.address=nobody.invalid",
                            "drawbridge.cluster.port=" + taken.getLocalPort(),
                            "drawbridge.cluster.ssl-bundle=nothing",
                            "drawbridge.cluster.heartbeat=1h")) {
                assertAlone(server, before);
            }
        }

        @Test
        @DisplayName("on Redis when the secret is empty, or not set")
        void noSecret() {
            Set<Thread> before = threads();
            try (ConfigurableApplicationContext server =
                    startOnRedis("drawbridge.cluster.secret=", "drawbridge.cluster.secret-file=")) {
                assertAlone(server, before);
            }
        }

        private static void assertAlone(ConfigurableApplicationContext server, Set<Thread> before) {
            for (Class<?> each : List.of(
                    Cluster.class,
                    NettyLinks.class,
                    ClusterSecret.class,
                    Membership.class,
                    Lease.class,
                    Neighbours.class,
                    ClusterLifecycle.class,
                    SystemLoad.class)) {
                assertThat(server.getBeanNamesForType(each))
                        .as(each.getSimpleName())
                        .isEmpty();
            }
            assertThat(server.getBean(Entrance.class)).isSameAs(server.getBean(RoomRegistry.class));
            assertThat(threads())
                    .filteredOn(thread -> !before.contains(thread))
                    .extracting(Thread::getName)
                    .isNotEmpty()
                    .noneMatch(name -> name.startsWith("link-") || name.startsWith("cluster"));
        }

        private static Set<Thread> threads() {
            return Thread.getAllStackTraces().keySet().stream().collect(Collectors.toSet());
        }
    }
}
