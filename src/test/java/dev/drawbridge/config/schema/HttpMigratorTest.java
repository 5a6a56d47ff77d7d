package dev.drawbridge.config.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.drawbridge.config.MigratorProperties;
import dev.drawbridge.config.SettingException;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.schema.Migration;
import dev.drawbridge.schema.MigrationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The migrator of a team's own, over HTTP")
class HttpMigratorTest {
    private static final Migration.InCode MIGRATION =
            new Migration.InCode("com.tldraw.shape.card/3", "Measure", List.of(), record -> true);
    private static final List<JsonObject> RECORDS =
            List.of(JsonObject.builder().put("id", "shape:a\n").build());

    private HttpServer server;
    private volatile Answering answering = exchange -> answer(exchange, 200, "{\"records\":[]}");
    private volatile String asked = "";
    private volatile @Nullable String authorization;

    private interface Answering {
        void answer(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            authorization = exchange.getRequestHeaders().getFirst("Authorization");
            asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            answering.answer(exchange);
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private HttpMigrator migrator(Duration timeout) {
        return new HttpMigrator(new MigratorProperties(url("/migrate?key=hidden"), "token", null, timeout, 1));
    }

    private void assertFails(Duration timeout, String why) {
        try (HttpMigrator migrator = migrator(timeout)) {
            assertThatThrownBy(() -> migrator.migrate(MIGRATION, RECORDS))
                    .isInstanceOf(MigrationException.class)
                    .hasMessageStartingWith(
                            "com.tldraw.shape.card/3 (Measure) is code, and the migrator at http://127.0.0.1:")
                    .hasMessageContaining("/migrate fails: ")
                    .hasMessageContaining(why)
                    .hasMessageNotContainingAny("hidden", "token", "\n");
        }
    }

    @Test
    @DisplayName("is told which version of which sequence the records have and are to have, and gives them back")
    void works() throws MigrationException {
        answering = exchange -> answer(exchange, 200, "{\"records\":[{\"id\":\"shape:a\",\"x\":1}],\"more\":true}");
        try (HttpMigrator migrator = migrator(Duration.ofSeconds(10))) {
            assertThat(migrator.migrate(MIGRATION, RECORDS))
                    .hasSize(1)
                    .first()
                    .hasToString("{\"id\":\"shape:a\",\"x\":1}");
        }
        assertThat(asked)
                .isEqualTo("{\"migration\":\"com.tldraw.shape.card/3\",\"sequence\":\"com.tldraw.shape.card\","
                        + "\"from\":2,\"to\":3,\"records\":[{\"id\":\"shape:a\\n\"}]}");
        assertThat(authorization).isEqualTo("Bearer token");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500|oh|it has answered 500",
                "302|oh|it has answered 302",
                "204||it has answered 204",
                "200|oh|its answer is not JSON",
                "200|[]|its answer has no \"records\"",
                "200|{\"records\":{}}|its answer has no \"records\"",
                "200|{\"records\":[1]}|something else than objects"
            })
    @DisplayName("fails with a sentence when it answers something else")
    void elseThan(int status, @Nullable String body, String why) {
        answering = exchange -> answer(exchange, status, body == null ? "" : body);
        assertFails(Duration.ofSeconds(10), why);
    }

    @Test
    @DisplayName("fails when it does not answer in time, also when the answer trickles in")
    void late() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        answering = exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        };
        assertFails(Duration.ofMillis(200), "it has not answered within 200 ms");
        end.countDown();
    }

    @Test
    @DisplayName("fails when much more comes back than it was given")
    void large() {
        String large = "{\"records\":[\"" + "x".repeat(6 << 20) + "\"]}";
        answering = exchange -> answer(exchange, 200, large);
        assertFails(Duration.ofSeconds(30), "it cannot be asked");
    }

    @Test
    @DisplayName("fails when nobody is there")
    void nobody() {
        server.stop(0);
        assertFails(Duration.ofSeconds(10), "it cannot be asked");
    }

    @Test
    @DisplayName("works for so many rooms at once, and lets no more wait")
    void turns() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        answering = exchange -> {
            begun.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            answer(exchange, 200, "{\"records\":[]}");
        };
        try (HttpMigrator migrator = migrator(Duration.ofSeconds(30));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<List<JsonObject>> first = new CompletableFuture<>();
            threads.execute(() -> {
                try {
                    first.complete(migrator.migrate(MIGRATION, RECORDS));
                } catch (MigrationException e) {
                    first.completeExceptionally(e);
                }
            });
            begun.await();
            assertThatThrownBy(() -> migrator.migrate(MIGRATION, RECORDS)).hasMessageContaining("max-concurrent");
            end.countDown();
            assertThat(first.get()).isEmpty();
            assertThat(migrator.migrate(MIGRATION, RECORDS)).isEmpty();
        }
    }

    @Test
    @DisplayName("is not begun with an address that is none, or with two tokens")
    void settings(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> new HttpMigrator(
                        new MigratorProperties(URI.create("ftp://x"), null, null, Duration.ofSeconds(1), 1)))
                .isInstanceOf(SettingException.class)
                .hasMessage("drawbridge.schema.migrator.url = ftp://x is not an address on the web");
        Path file = Files.writeString(folder.resolve("token"), "t");
        assertThatThrownBy(
                        () -> new HttpMigrator(new MigratorProperties(url("/"), "t", file, Duration.ofSeconds(1), 1)))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("token-file");
    }
}
