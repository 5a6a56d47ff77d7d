package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.host.RoomRegistry;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Health, on a port of its own as in a cluster. */
@DisplayName("The health of a server")
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"server.address=127.0.0.1", "management.server.address=127.0.0.1", "management.server.port=0"})
@DirtiesContext
class HealthIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    static Path folder;

    @LocalManagementPort
    int port;

    @LocalServerPort
    int publicPort;

    @Autowired
    BreakableStore store;

    @Autowired
    ApplicationContext application;

    @Autowired
    RoomRegistry rooms;

    @TestConfiguration(proxyBeanMethods = false)
    static class Breakable {
        @Bean
        static BreakableStore breakableStore() {
            return new BreakableStore();
        }
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry properties) {
        properties.add("drawbridge.store.sqlite.path", () -> folder.resolve("rooms.db"));
    }

    @BeforeEach
    void allIsWell() {
        store.works();
        AvailabilityChangeEvent.publish(application, ReadinessState.ACCEPTING_TRAFFIC);
        awaitReadiness(200);
    }

    @Test
    @DisplayName("tells the kind of store, since when it answers and how fast; no folder, no address")
    void details() throws Exception {
        HttpResponse<String> health = Scrape.get(port, "/actuator/health");
        assertThat(health.body())
                .contains("\"store\"", "\"type\":\"sqlite\"", "answeringSince", "latencyMillis")
                .doesNotContain(folder.toString(), "diskSpace", "path");
    }

    @Test
    @DisplayName("a store that fails makes it unready, and is not quoted; it stays alive")
    void failing() throws Exception {
        store.fails();
        awaitReadiness(503);
        assertThat(Scrape.get(port, "/actuator/health/readiness").body())
                .contains("\"status\":\"DOWN\"", "failingSince", "it failed; the log tells more")
                .doesNotContain("secret", "example.org");
        assertThat(Scrape.of(port).value("drawbridge_ready")).isZero();
        assertAlive();

        store.works();
        awaitReadiness(200);
        assertThat(Scrape.of(port).value("drawbridge_ready")).isEqualTo(1);
    }

    @Test
    @DisplayName("a store that says nothing makes it unready within a second")
    void silent() throws Exception {
        store.saysNothing();
        awaitReadiness(503);
        assertThat(Scrape.get(port, "/actuator/health/readiness").body()).contains("no answer within");
        assertAlive();
    }

    @Test
    @DisplayName("is unready when it takes no traffic")
    void refusing() throws Exception {
        AvailabilityChangeEvent.publish(application, ReadinessState.REFUSING_TRAFFIC);
        assertThat(Scrape.get(port, "/actuator/health/readiness").body()).contains("OUT_OF_SERVICE");
        assertThat(Scrape.of(port).value("drawbridge_ready")).isZero();
        assertAlive();
    }

    @Test
    @DisplayName("being alive does not depend on the store: it is not even asked")
    void liveness() throws Exception {
        store.saysNothing();
        int before = store.pings();
        for (int i = 0; i < 20; i++) {
            assertAlive();
        }
        assertThat(store.pings()).isEqualTo(before);
    }

    @Test
    @DisplayName("many who ask are answered by one question to the store")
    void asked() throws Exception {
        int before = store.pings();
        for (int i = 0; i < 20; i++) {
            Scrape.get(port, "/actuator/health/readiness");
        }
        assertThat(store.pings() - before).isLessThan(20);
    }

    @Test
    @DisplayName("info names the build, the protocols and the schema")
    void info() throws Exception {
        assertThat(Scrape.get(port, "/actuator/info").body())
                .contains(
                        "\"build\":{",
                        "\"oldest\":5",
                        "\"newest\":8",
                        "\"tldraw\":\"5.4.2\"",
                        "com.tldraw.shape.arrow");
    }

    @ParameterizedTest(name = "/actuator/{0} is not there")
    @ValueSource(strings = {"env", "beans", "heapdump", "loggers", "shutdown", "configprops", "metrics", "threaddump"})
    void notExposed(String endpoint) throws Exception {
        assertThat(Scrape.get(port, "/actuator/" + endpoint).statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("nothing of it is on the public port when it has a port of its own")
    void apart() throws Exception {
        assertThat(Scrape.get(publicPort, "/actuator/prometheus").statusCode()).isNotEqualTo(200);
        assertThat(Scrape.get(publicPort, "/actuator/health").statusCode()).isNotEqualTo(200);
    }

    private void assertAlive() throws Exception {
        HttpResponse<String> liveness = Scrape.get(port, "/actuator/health/liveness");
        assertThat(liveness.statusCode()).isEqualTo(200);
        assertThat(liveness.body()).contains("\"status\":\"UP\"").doesNotContain("store");
    }

    private void awaitReadiness(int status) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(
                        Scrape.get(port, "/actuator/health/readiness").statusCode())
                .isEqualTo(status));
    }
}
