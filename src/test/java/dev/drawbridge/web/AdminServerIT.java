package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What the console shows of a server that lets everybody in, over real HTTP. */
@DisplayName("The admin API, of the server itself,")
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "drawbridge.admin.token=" + AdminClient.TOKEN,
            "drawbridge.whiteboard.license-key=tldraw-licence",
            "drawbridge.access.webhook.url=http://user:hunter2@127.0.0.1:9?x=hunter2",
            "drawbridge.limits.presence=5KB",
            "drawbridge.limits.message-length=20000"
        })
class AdminServerIT {
    private static final String LINK = "{\"permission\":\"view\",\"expiresInSeconds\":60}";

    @TempDir
    static Path folder;

    @LocalServerPort
    int port;

    @SuppressWarnings("NullAway.Init") // made before each test
    private AdminClient admin;

    private String room = "";

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry properties) {
        properties.add("drawbridge.store.sqlite.path", () -> folder.resolve("rooms.db"));
    }

    @BeforeEach
    void operator() {
        admin = new AdminClient(port);
        room = "r-" + UUID.randomUUID();
    }

    private JsonObject server() {
        return admin.get("/server").json(200);
    }

    private static JsonObject object(JsonObject parent, String name) {
        return (JsonObject) Objects.requireNonNull(parent.get(name));
    }

    private static List<JsonValue> series(JsonObject server, String name) {
        return ((JsonArray) Objects.requireNonNull(
                        object(object(server, "lastHour"), "series").get(name)))
                .items();
    }

    private static double sum(JsonObject server, String series) {
        return series(server, series).stream()
                .mapToDouble(each -> each instanceof JsonNumber(double value) ? value : 0)
                .sum();
    }

    private List<JsonObject> audit() {
        return AdminClient.objects(admin.get("/audit?limit=1000").json(200), "entries").stream()
                .filter(entry -> entry.toString().contains(room))
                .toList();
    }

    private JsonObject awaitAudit(int entries) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(audit()).hasSize(entries));
        return audit().getFirst();
    }

    @Test
    @DisplayName("tells what it is, where it keeps what, and that it is well")
    void describes() {
        JsonObject server = server();

        assertThat(server.keys())
                .containsExactly(
                        "node",
                        "rooms",
                        "sessions",
                        "connections",
                        "store",
                        "assets",
                        "history",
                        "lastHour",
                        "refusals",
                        "limits",
                        "health",
                        "settings");
        assertThat(object(server, "node").keys())
                .containsExactly("id", "version", "started", "java", "heapBytes", "processors");
        assertThat(object(server, "store").string("type")).isEqualTo("sqlite");
        assertThat(object(server, "assets").string("type")).isEqualTo("files");
        JsonObject health = object(server, "health");
        assertThat(health.string("status")).isEqualTo("UP");
        assertThat(AdminClient.objects(health, "components"))
                .extracting(component -> component.string("name"))
                .contains("store", "rooms");
    }

    @Test
    @DisplayName("counts what people do, minute by minute, and says which limits they hit")
    void lastHour() {
        double pushesBefore = sum(server(), "pushes");
        admin.post("/rooms", "{\"id\":\"" + room + "\"}").hasStatus(201);
        try (TestSocket ada = TestSocket.join(port, room, "ada")) {
            ada.send(TestSocket.putPage(0, "page:p", "P"));
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                JsonObject server = server();
                assertThat(sum(server, "pushes")).isGreaterThan(pushesBefore);
                assertThat(sum(server, "commits")).isPositive();
                assertThat(sum(server, "commitMillis")).isPositive();
                assertThat(sum(server, "connections")).isPositive();
            });
            ada.send("x".repeat(30_000));
            ada.awaitClose();
        }
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            JsonObject server = server();
            assertThat(AdminClient.objects(server, "limits")).anySatisfy(limit -> {
                assertThat(limit.string("limit")).isEqualTo("MESSAGE_LENGTH");
                assertThat(limit.string("means")).contains("drawbridge.limits.message-length");
            });
            assertThat(AdminClient.objects(server, "refusals"))
                    .anySatisfy(refusal -> assertThat(refusal.string("reason")).isEqualTo("MESSAGE_TOO_LARGE"));
            assertThat(series(server, "limits")).hasSize(60);
        });
    }

    @Test
    @DisplayName("shows its settings and no secret")
    void settings() {
        String body = admin.get("/server").hasStatus(200).body();
        List<JsonObject> settings = AdminClient.objects(server(), "settings");

        assertThat(body).doesNotContain("hunter2", AdminClient.TOKEN, "tldraw-licence");
        assertThat(settings)
                .anySatisfy(setting -> assertThat(setting.toString())
                        .contains("\"name\":\"drawbridge.limits.presence\"", "\"value\":\"5KB\"", "\"secret\":false"))
                .anySatisfy(setting -> assertThat(setting.toString())
                        .contains("\"name\":\"drawbridge.admin.token\"", "\"secret\":true")
                        .doesNotContain("\"value\""));
    }

    @Test
    @DisplayName("lists what operators have changed or wanted to change, the newest first, and logs it")
    void audits(CapturedOutput output) {
        admin.post("/rooms", "{\"id\":\"" + room + "\"}").hasStatus(201);
        JsonObject made = awaitAudit(1);
        assertThat(made.keys()).containsExactly("time", "method", "path", "room", "status", "address");
        assertThat(made.string("path")).isEqualTo("/admin/v1/rooms");
        assertThat(made.string("room")).isEqualTo(room);

        admin.get("/rooms/" + room).hasStatus(200);
        admin.delete("/rooms/" + room + "?reason=hunter2").hasStatus(204);
        awaitAudit(2);
        admin.delete("/rooms/" + room).problem(404, "room-not-found");
        JsonObject refused = awaitAudit(3);

        assertThat(refused.string("method")).isEqualTo("DELETE");
        assertThat(refused.get("status")).hasToString("404");
        assertThat(refused.string("address")).isEqualTo("127.0.0.1");
        assertThat(audit().toString()).doesNotContain("hunter2");
        assertThat(output.getAll())
                .contains("DELETE /admin/v1/rooms/" + room + ": 204, by 127.0.0.1")
                .doesNotContain("hunter2");
    }

    @Test
    @DisplayName("keeps strangers out of that list, and unknown paths in it, cut short")
    void strangers() throws IOException, InterruptedException {
        HttpRequest.Builder stranger = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/admin/v1/rooms/" + room))
                .DELETE();
        assertThat(http(stranger).statusCode()).isEqualTo(401);
        admin.delete("/nowhere/" + room + "x".repeat(1_000)).hasStatus(404);

        JsonObject unknown = awaitAudit(1);

        assertThat(unknown.get("status")).hasToString("404");
        assertThat(String.valueOf(unknown.string("path"))).hasSizeLessThan(240).contains("characters)");
        assertThat(unknown.get("room")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "-1", "x"})
    @DisplayName("bounds how many entries are listed")
    void limit(String limit) {
        admin.get("/audit?limit=" + limit).problem(400, "invalid-request");
    }

    @Test
    @DisplayName("makes links without a token where everybody is let in, and says what they are good for")
    void openLinks() {
        admin.post("/rooms", "{\"id\":\"" + room + "\"}").hasStatus(201);
        JsonObject link = admin.post("/rooms/" + room + "/links", LINK).json(200);

        assertThat(link.keys()).containsExactlyInAnyOrder("path", "permission");
        assertThat(link.string("path")).isEqualTo("/r/" + room);
        assertThat(link.string("permission")).isEqualTo("edit");
    }

    @Test
    @DisplayName("tells the console's page what it has to know, and nobody needs a token for that")
    void consoleSettings() throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/console.json")));

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonObject settings = (JsonObject) AdminClient.parsed(answer.body());
        assertThat(settings.keys()).containsExactly("licenseKey", "history", "assets", "links", "access");
        assertThat(settings.string("access")).isEqualTo("open");
        assertThat(settings.get("links")).hasToString("true");
    }

    private static HttpResponse<String> http(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }
}
