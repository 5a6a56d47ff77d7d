package dev.drawbridge.web;

import static dev.drawbridge.security.Tokens.SECRET;
import static dev.drawbridge.security.Tokens.claims;
import static dev.drawbridge.security.Tokens.signed;
import static dev.drawbridge.web.AdminClient.objects;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.web.AdminClient.Answer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What a team's own app can offer its users: over real HTTP, with their tokens, and with a log that says all it can. */
@DisplayName("Versions of a room, for its users")
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "drawbridge.admin.token=" + AdminClient.TOKEN,
            "drawbridge.access.mode=jwt",
            "drawbridge.access.jwt.secret=" + SECRET,
            "drawbridge.access.jwt.cookie=board",
            "drawbridge.history.every=0",
            "server.tomcat.accesslog.enabled=true",
            "server.tomcat.accesslog.prefix=access",
            "server.tomcat.accesslog.suffix=.log",
            "server.tomcat.accesslog.file-date-format=",
            "server.tomcat.accesslog.buffered=false",
            "logging.level.org.springframework.web=trace",
            "logging.level.org.springframework.security=trace",
            "logging.level.org.springframework.http=trace",
            "logging.level.org.apache=trace",
            "logging.level.io.micrometer=trace",
        })
@ExtendWith(OutputCaptureExtension.class)
@DirtiesContext // its log levels are for all that runs in this JVM
class OwnVersionsIT {
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
        properties.add("drawbridge.assets.directory", () -> folder.resolve("assets"));
        properties.add("server.tomcat.accesslog.directory", folder::toString);
    }

    @BeforeEach
    void room() {
        admin = new AdminClient(port);
        room = "r-" + UUID.randomUUID();
        admin.post("/rooms", "{\"id\":\"" + room + "\"}").hasStatus(201);
    }

    /** One for this room. */
    private String token(String history, String permission) {
        return signed(claims().claim("rooms", room)
                .claim("permission", permission)
                .claim("history", history.equals("none") ? null : history));
    }

    private HttpRequest.Builder request(String path, String token) {
        return bare("/rooms/" + room + path).header("Authorization", "Bearer " + token);
    }

    private HttpRequest.Builder bare(String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + pathAndQuery))
                .timeout(Duration.ofSeconds(60));
    }

    private Answer get(String path, String token) {
        return admin.send(request(path, token).GET());
    }

    private Answer post(String path, String token, String body) {
        return admin.send(
                request(path, token).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    private static String id(JsonObject object) {
        return Objects.requireNonNull(object.string("id"));
    }

    /** A version, made by an operator. */
    private String version() {
        return id(admin.post("/rooms/" + room + "/versions", "{}").json(201));
    }

    private void putPage(String name) {
        admin.put(
                "/rooms/" + room + "/records/page:x",
                "{\"id\":\"page:x\",\"typeName\":\"page\",\"name\":\"" + name + "\",\"index\":\"a5\",\"meta\":{}}");
    }

    private static void assertThatItIsForbidden(Answer answer) {
        assertThat(answer.json(403).string("type")).isEqualTo("urn:drawbridge:problem:forbidden");
    }

    @Test
    @DisplayName("are listed, described, compared and downloaded by who may read them")
    void read() {
        putPage("old");
        String version = version();
        putPage("new");
        String second = version();
        for (String permission : List.of("view", "comment", "edit")) {
            String token = token("read", permission);
            Answer list = get("/versions?limit=1", token);
            assertThat(list.header("Cache-Control")).isEqualTo("no-store");
            assertThat(objects(list.json(200), "versions").stream().map(OwnVersionsIT::id))
                    .containsExactly(second);
            assertThat(
                            objects(
                                            get(
                                                            "/versions?cursor="
                                                                    + list.json(200)
                                                                            .string("next"),
                                                            token)
                                                    .json(200),
                                            "versions")
                                    .stream()
                                    .map(OwnVersionsIT::id))
                    .containsExactly(version);
            assertThat(get("/versions/" + version, token).json(200).keys())
                    .containsExactly("id", "time", "clock", "reason", "by", "records", "bytes");
            Answer snapshot = get("/versions/" + version + "/snapshot", token).hasStatus(200);
            assertThat(snapshot.body()).contains("\"old\"").doesNotContain("\"new\"");
            assertThat(snapshot.header("Cache-Control")).contains("private");
            assertThat(get("/versions/" + version + "/snapshot?format=tldr&download", token)
                            .hasStatus(200)
                            .header("Content-Disposition"))
                    .contains(".tldr");
            assertThat(get("/versions/" + second + "/changes", token).json(200).string("since"))
                    .isEqualTo(version);
            assertThat(objects(
                            get("/versions/" + version + "/changes?until=now&limit=1", token)
                                    .json(200),
                            "changes"))
                    .hasSize(1);
        }
    }

    @Test
    @DisplayName("are made and restored by who may restore them, and people see it happen")
    void restore() {
        String token = token("restore", "edit");
        try (TestSocket ada = TestSocket.open(port, "/connect/" + room + "?sessionId=ada&token=" + token)) {
            ada.connect();
            ada.push(1, "one", "as it was");
            Answer made = post("/versions", token, "{\"name\":\"Mine\"}");
            JsonObject version = made.json(201);
            assertThat(made.header("Location")).isEqualTo("/rooms/" + room + "/versions/" + id(version));
            assertThat(version.string("name")).isEqualTo("Mine");
            assertThat(version.string("reason")).isEqualTo("manual");
            assertThat(String.valueOf(version.get("by"))).isEqualTo("[{\"name\":\"Ada Lovelace\"}]");
            assertThat(admin.get("/rooms/" + room + "/versions/" + id(version)).body())
                    .contains("{\"id\":\"ada\",\"name\":\"Ada Lovelace\"}");

            ada.push(2, "one", "as it is");
            JsonObject restored =
                    post("/versions/" + id(version) + "/restore", token, "").json(200);
            JsonObject before = (JsonObject) Objects.requireNonNull(restored.get("before"));
            assertThat(before.string("reason")).isEqualTo("before-restore");
            assertThat(restored.toString()).doesNotContain("\"ada\"");
            ada.await(message -> message.toString().contains("\"patch\"")
                    && message.toString().contains("as it was"));
            ada.assertAlive();
        }
    }

    @ParameterizedTest(name = "by history {0} and permission {1}: read {2}, make and restore {3}")
    @CsvSource(textBlock = """
            none,    edit,    403, 403
            read,    view,    200, 403
            read,    edit,    200, 403
            restore, view,    200, 403
            restore, comment, 200, 403
            restore, edit,    200, 200
            all,     edit,    403, 403
            """)
    void rights(String history, String permission, int read, int restore) {
        putPage("precious");
        String version = version();
        String token = token(history, permission);
        for (String path : List.of(
                "/versions",
                "/versions/" + version,
                "/versions/" + version + "/snapshot",
                "/versions/" + version + "/changes")) {
            Answer answer = get(path, token).hasStatus(read);
            if (read == 403) {
                assertThatItIsForbidden(answer);
                assertThat(answer.body()).doesNotContain("precious", version);
            }
        }
        post("/versions/" + version + "/restore", token, "").hasStatus(restore);
        post("/versions", token, "{}").hasStatus(restore == 200 ? 201 : restore);
    }

    @Test
    @DisplayName("of another room are not theirs, by no path")
    void otherRooms() {
        putPage("secret");
        String foreign = room;
        String version = version();
        room = room + "-own";
        admin.post("/rooms", "{\"id\":\"" + room + "\"}").hasStatus(201);
        String token = token("restore", "edit");

        get("/versions/" + version, token).problem(404, "version-not-found");
        get("/versions/" + version + "/snapshot", token).problem(404, "version-not-found");
        get("/versions/" + version + "/changes?until=now", token).problem(404, "version-not-found");
        get("/versions/" + version() + "/changes?since=" + version, token).problem(404, "version-not-found");
        post("/versions/" + version + "/restore", token, "").problem(404, "version-not-found");

        room = foreign;
        for (String path : List.of("/versions", "/versions/" + version, "/versions/" + version + "/snapshot")) {
            assertThatItIsForbidden(get(path, token));
        }
        assertThatItIsForbidden(post("/versions/" + version + "/restore", token, ""));
        assertThatItIsForbidden(post("/versions", token, "{}"));
    }

    @Test
    @DisplayName("need a token that is good, wherever a socket's may be")
    void tokens() {
        version();
        String good = token("read", "view");
        String path = "/rooms/" + room + "/versions";
        Answer none = admin.send(bare(path).GET());
        assertThat(none.json(401).string("type")).isEqualTo("urn:drawbridge:problem:unauthorized");
        assertThat(none.header("WWW-Authenticate")).isEqualTo("Bearer");
        admin.send(request("/versions", good + "x").GET()).hasStatus(401);
        admin.send(bare(path + "?token=" + good).GET()).hasStatus(200);
        admin.send(bare(path).header("Cookie", "board=" + good).GET()).hasStatus(200);
        admin.send(bare(path)
                        .header("Authorization", "Bearer " + AdminClient.TOKEN)
                        .GET())
                .hasStatus(401);
    }

    @Test
    @DisplayName("are changed by no foreign page with the cookie of who visits it")
    void foreignPages() {
        String version = version();
        String token = token("restore", "edit");
        String path = "/rooms/" + room + "/versions/" + version + "/restore";
        for (String origin : List.of("https://evil.example", "null", "http://127.0.0.1:1")) {
            assertThatItIsForbidden(admin.send(bare(path)
                    .header("Cookie", "board=" + token)
                    .header("Origin", origin)
                    .POST(BodyPublishers.noBody())));
        }
        Answer own = admin.send(bare(path)
                .header("Cookie", "board=" + token)
                .header("Origin", "http://127.0.0.1:" + port)
                .POST(BodyPublishers.noBody()));
        own.hasStatus(200);
        Answer withToken = admin.send(request("/versions/" + version + "/restore", token)
                .header("Origin", "https://app.example")
                .POST(BodyPublishers.noBody()));
        withToken.hasStatus(200);
        assertThat(withToken.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(withToken.header("Access-Control-Allow-Credentials")).isEmpty();
    }

    @Test
    @DisplayName("may be asked for by pages of other origins, which are told so beforehand")
    void preflight() {
        Answer answer = admin.send(bare("/rooms/" + room + "/versions")
                .header("Origin", "https://app.example")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization")
                .method("OPTIONS", BodyPublishers.noBody()));
        answer.hasStatus(200);
        assertThat(answer.header("Access-Control-Allow-Methods")).contains("POST");
    }

    @Test
    @DisplayName("that are not there, odd bodies and odd queries are answered with problems")
    void problems() {
        String token = token("restore", "edit");
        get("/versions/odd", token).problem(404, "version-not-found");
        get("/versions?limit=x", token).problem(400, "invalid-request");
        get("/versions?limit=0", token).problem(400, "invalid-request");
        get("/versions?cursor=x", token).problem(400, "invalid-request");
        post("/versions", token, "{\"reason\":\"api\"}").problem(400, "invalid-request");
        post("/versions", token, "{\"name\":\"a\\u0000\"}").problem(400, "invalid-request");
        post("/versions", token, "no").problem(400, "invalid-request");
        post("/versions", token, " ".repeat(20_000) + "{}").problem(413, "payload-too-large");
        admin.send(request("/versions", token).DELETE()).problem(405, "method-not-allowed");
        admin.send(bare("/rooms/no!room/versions")
                        .header("Authorization", "Bearer " + token)
                        .GET())
                .problem(404, "room-not-found");
        assertThat(((JsonNumber) Objects.requireNonNull(
                                get("/versions/odd", token).json(404).get("status")))
                        .value())
                .isEqualTo(404);
    }

    @Test
    @DisplayName("are asked for without a token getting into any log")
    void noTokenInLogs(CapturedOutput output) throws Exception {
        String token = token("read", "view");
        admin.send(bare("/rooms/" + room + "/versions?token=" + token).GET()).hasStatus(200);
        admin.send(bare("/rooms/" + room + "/versions/odd?token=" + token).GET())
                .hasStatus(404);
        admin.send(bare("/rooms/" + room + "/nothing?token=" + token).GET()).hasStatus(404);
        String signature = token.substring(token.lastIndexOf('.') + 1);
        assertThat(Files.readString(folder.resolve("access.log")))
                .contains("/rooms/" + room + "/versions")
                .doesNotContain(signature);
        assertThat(output.toString()).contains("/versions").doesNotContain(signature);
    }
}
