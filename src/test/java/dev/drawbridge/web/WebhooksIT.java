package dev.drawbridge.web;

import static dev.drawbridge.web.AdminClient.objects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.drawbridge.events.hooks.OtherVerifier;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@DisplayName("Webhooks of a running server")
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "drawbridge.admin.token=" + AdminClient.TOKEN,
            "drawbridge.room.unload-after=0s",
            "drawbridge.events.debounce=50ms"
        })
class WebhooksIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String PREVIOUS = "the-secret-before-of-the-team";

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init") // before all tests
    private static Receiver all;

    @SuppressWarnings("NullAway.Init") // before all tests
    private static Receiver some;

    @LocalServerPort
    int port;

    /** Verifies what it is sent. */
    private static final class Receiver {
        private final HttpServer server;
        private final List<JsonObject> events = new CopyOnWriteArrayList<>();
        private final List<String> forged = new CopyOnWriteArrayList<>();
        private volatile int status = 204;

        Receiver() {
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            server.createContext("/", this::receive);
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/a-secret-path";
        }

        private void receive(HttpExchange exchange) throws IOException {
            byte[] body = exchange.getRequestBody().readAllBytes();
            for (String secret : List.of(SECRET, PREVIOUS)) {
                if (!OtherVerifier.verifies(
                        secret,
                        exchange.getRequestHeaders().getFirst("webhook-id"),
                        exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                        exchange.getRequestHeaders().getFirst("webhook-signature"),
                        body)) {
                    forged.add(new String(body, StandardCharsets.UTF_8));
                }
            }
            try {
                events.add((JsonObject) Json.parse(body));
            } catch (JsonException e) {
                forged.add(new String(body, StandardCharsets.UTF_8));
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        }

        List<JsonObject> of(String room) {
            return events.stream()
                    .filter(event -> room.equals(event.string("room")))
                    .toList();
        }

        List<String> typesOf(String room) {
            return of(room).stream()
                    .map(event -> event.string("type"))
                    .map(Objects::requireNonNull)
                    .toList();
        }
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry properties) throws IOException {
        all = new Receiver();
        some = new Receiver();
        Path file = Files.writeString(folder.resolve("secret"), SECRET + "\n");
        properties.add("drawbridge.store.sqlite.path", () -> folder.resolve("rooms.db"));
        properties.add("drawbridge.webhooks[0].url", all::url);
        properties.add("drawbridge.webhooks[0].secret", () -> SECRET);
        properties.add("drawbridge.webhooks[0].previous-secret", () -> PREVIOUS);
        properties.add("drawbridge.webhooks[0].diff", () -> "true");
        properties.add("drawbridge.webhooks[1].name", () -> "some");
        properties.add("drawbridge.webhooks[1].url", some::url);
        properties.add("drawbridge.webhooks[1].secret-file", file::toString);
        properties.add("drawbridge.webhooks[1].previous-secret", () -> PREVIOUS);
        properties.add("drawbridge.webhooks[1].events", () -> "room.created,room.deleted");
        properties.add("drawbridge.webhooks[1].rooms", () -> "team-*");
    }

    @AfterAll
    static void stop() {
        all.server.stop(0);
        some.server.stop(0);
    }

    @BeforeEach
    void well() {
        all.status = 204;
        some.status = 204;
    }

    private void draw(String room) throws Exception {
        try (TestSocket ada = TestSocket.join(port, room, "ada")) {
            ada.push(1, "one", "drawn");
            ada.assertAlive();
        }
    }

    @Test
    @DisplayName("are told, in order and signed, of what happens in the rooms that they want to know of")
    void told() throws Exception {
        draw("team-a");
        draw("other");

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(all.typesOf("team-a")).contains("room.changed", "room.closed");
            assertThat(all.typesOf("other")).contains("room.closed");
            assertThat(some.typesOf("team-a")).containsExactly("room.created");
        });
        assertThat(all.typesOf("team-a").stream()
                        .filter(type -> !type.equals("room.changed") && !type.equals("version.created")))
                .containsExactly("room.created", "room.opened", "session.joined", "session.left", "room.closed");
        JsonObject changed = all.of("team-a").stream()
                .filter(event -> "room.changed".equals(event.string("type")))
                .findFirst()
                .orElseThrow();
        assertThat(Json.write(changed)).contains("\"diff\":{", "\"drawn\"", "\"by\":[{\"sessionId\":\"ada\"");
        assertThat(some.events).allMatch(event -> "room.created".equals(event.string("type")));
        assertThat(some.of("other")).isEmpty();
        assertThat(all.forged).isEmpty();
        assertThat(some.forged).isEmpty();
        assertThat(Scrape.of(port).text())
                .containsPattern("drawbridge_webhook_deliveries_total\\{outcome=\"delivered\",webhook=\"some\"} [1-9]")
                .containsPattern("drawbridge_webhook_delivery_seconds_count [1-9]")
                .contains("drawbridge_webhook_waiting{webhook=\"some\"} 0");
    }

    @Test
    @DisplayName("are suspended when they are no more, and what was given up is listed, sent again, or thrown away")
    void suspended() throws Exception {
        AdminClient admin = new AdminClient(port);
        some.status = 410;
        for (String room : List.of("team-1", "team-2", "team-3", "team-4")) {
            admin.post("/rooms", "{\"id\":\"" + room + "\"}").hasStatus(201);
        }
        await().atMost(SOON).untilAsserted(() -> {
            JsonObject webhook = webhook(admin, "some");
            assertThat(webhook.string("state")).isEqualTo("suspended");
            assertThat(webhook.get("dead")).hasToString("4");
        });
        assertThat(Scrape.get(port, "/actuator/health").body())
                .contains("\"webhooks\":{", "\"DEGRADED\"")
                .endsWith("\"status\":\"UP\"}");

        JsonObject first = admin.get("/webhooks/some/dead-letters?limit=3").json(200);
        List<JsonObject> letters = objects(first, "deadLetters");
        assertThat(letters).hasSize(3).allMatch(each -> "answered 410".equals(each.string("why")));
        assertThat(letters.getFirst().string("room")).isEqualTo("team-1");
        JsonObject second = admin.get("/webhooks/some/dead-letters?limit=3&cursor=" + first.string("next"))
                .json(200);
        assertThat(objects(second, "deadLetters")).singleElement().satisfies(each -> assertThat(each.string("room"))
                .isEqualTo("team-4"));
        assertThat(second.has("next")).isFalse();

        some.status = 204;
        JsonObject called = admin.post("/webhooks/some/test", "").json(200);
        assertThat(called.get("delivered")).isEqualTo(JsonBoolean.TRUE);
        assertThat(called.string("words")).isEqualTo("answered 204");
        assertThat(some.events).anyMatch(event -> "webhook.test".equals(event.string("type")));

        admin.post("/webhooks/some/resume", "").hasStatus(204);
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(webhook(admin, "some").string("state")).isEqualTo("sending"));
        some.events.clear();
        String id = Objects.requireNonNull(letters.get(1).string("id"));
        assertThat(admin.post("/webhooks/some/dead-letters/resend", "{\"ids\":[\"" + id + "\"]}")
                        .body())
                .isEqualTo("{\"resent\":1}");
        await().atMost(SOON).untilAsserted(() -> assertThat(some.events)
                .singleElement()
                .satisfies(event -> assertThat(event.string("id")).isEqualTo(id)));
        assertThat(admin.delete("/webhooks/some/dead-letters?id="
                                + letters.get(2).string("id"))
                        .body())
                .isEqualTo("{\"discarded\":1}");
        assertThat(admin.post("/webhooks/some/dead-letters/resend", "{}").body())
                .isEqualTo("{\"resent\":2}");
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(some.typesOf("team-1")).containsExactly("room.created");
            assertThat(some.typesOf("team-4")).containsExactly("room.created");
            assertThat(webhook(admin, "some").get("waiting")).hasToString("0");
        });
        assertThat(some.of("team-3")).isEmpty();
        assertThat(admin.delete("/webhooks/some/dead-letters").body()).isEqualTo("{\"discarded\":0}");
    }

    @Test
    @DisplayName("are described without their secrets and without the paths of their addresses")
    void secrets() {
        AdminClient admin = new AdminClient(port);
        for (String path : List.of("/webhooks", "/server")) {
            assertThat(admin.get(path).hasStatus(200).body()).doesNotContain(SECRET, PREVIOUS, "a-secret-path");
        }
        JsonObject webhook = webhook(admin, "127-0-0-1");
        assertThat(webhook.string("server")).isEqualTo(all.url().replace("/a-secret-path", ""));
    }

    @Test
    @DisplayName("answer what cannot be asked with a problem")
    void problems() {
        AdminClient admin = new AdminClient(port);
        admin.get("/webhooks/nobody/dead-letters").problem(404, "webhook-not-found");
        admin.post("/webhooks/no~body/test", "").problem(404, "webhook-not-found");
        admin.post("/webhooks/nobody/resume", "").problem(404, "webhook-not-found");
        admin.delete("/webhooks/nobody/dead-letters").problem(404, "webhook-not-found");
        admin.get("/webhooks/some/dead-letters?limit=0").problem(400, "invalid-request");
        admin.get("/webhooks/some/dead-letters?limit=x").problem(400, "invalid-request");
        admin.get("/webhooks/some/dead-letters?cursor=x").problem(400, "invalid-request");
        admin.delete("/webhooks/some/dead-letters?id=x").problem(400, "invalid-request");
        admin.post("/webhooks/some/dead-letters/resend", "{\"ids\":[\"x\"]}").problem(400, "invalid-request");
        admin.post("/webhooks/some/dead-letters/resend", "{\"ids\":7}").problem(400, "invalid-request");
        admin.post("/webhooks/some/dead-letters/resend", "{\"all\":true}").problem(400, "invalid-request");
        admin.post("/webhooks/some/dead-letters/resend", "[").problem(400, "invalid-request");
        assertThat(admin.post("/webhooks/some/dead-letters/resend", "{\"ids\":[\"00000000-999\"]}")
                        .body())
                .isEqualTo("{\"resent\":0}");
    }

    private static JsonObject webhook(AdminClient admin, String name) {
        return objects(admin.get("/webhooks").json(200), "webhooks").stream()
                .filter(each -> name.equals(each.string("name")))
                .findFirst()
                .orElseThrow();
    }
}
