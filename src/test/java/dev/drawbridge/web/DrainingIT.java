package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.DrawbridgeApplication;
import dev.drawbridge.host.RoomRegistry;
import dev.drawbridge.web.TestSocket.Closed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

@DisplayName("A server that puts its rooms away")
class DrainingIT {

    @TempDir
    Path folder;

    @Test
    @DisplayName("is alive but not ready, takes nobody in, and has told its clients to come back")
    void draining() throws Exception {
        try (ConfigurableApplicationContext server = start()) {
            int port = server.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            try (TestSocket before = TestSocket.join(port, "room", "a")) {
                assertThat(Scrape.get(port, "/actuator/health/readiness").statusCode())
                        .isEqualTo(200);

                server.getBean(RoomRegistry.class)
                        .shutDown()
                        .toCompletableFuture()
                        .join();

                assertThat(before.awaitClose()).isEqualTo(new Closed(1012, ""));
                Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                                Scrape.get(port, "/actuator/health/readiness").statusCode())
                        .isEqualTo(503));
                assertThat(Scrape.get(port, "/actuator/health/liveness").statusCode())
                        .isEqualTo(200);
                assertThat(Scrape.of(port).value("drawbridge_draining")).isEqualTo(1);
            }
            try (TestSocket late = TestSocket.open(port, "/connect/room?sessionId=b")) {
                assertThat(late.awaitClose()).isEqualTo(new Closed(1012, ""));
            }
        }
    }

    @Test
    @DisplayName("is not held up by a client that does not read")
    void deaf() {
        ConfigurableApplicationContext server = start();
        int port = server.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        try (TestSocket deaf = TestSocket.openDeaf(port, "/connect/room?sessionId=deaf");
                TestSocket reading = TestSocket.join(port, "room", "reading")) {
            deaf.send(TestSocket.connectMessage());
            for (int clock = 1; clock <= 250; clock++) {
                assertThat(reading.push(clock, "p" + clock, "x".repeat(100_000)))
                        .contains("commit");
            }
            Instant asked = Instant.now();
            SpringApplication.exit(server);
            assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(20));
            assertThat(reading.awaitClose()).isEqualTo(new Closed(1012, ""));
        } finally {
            server.close();
        }
    }

    private ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(DrawbridgeApplication.class)
                .run(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--drawbridge.shutdown.timeout=3s",
                        "--drawbridge.limits.outbox=64MB",
                        "--drawbridge.store.sqlite.path=" + folder.resolve("rooms.db"));
    }
}
