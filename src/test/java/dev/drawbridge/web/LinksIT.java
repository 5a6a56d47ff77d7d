package dev.drawbridge.web;

import static dev.drawbridge.security.Tokens.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.web.TestSocket.Closed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
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

/** With a server that signs its own tokens, and real sockets that come with them. */
@DisplayName("Links into rooms")
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "drawbridge.admin.token=" + AdminClient.TOKEN,
            "drawbridge.access.mode=jwt",
            "drawbridge.access.jwt.secret=" + SECRET
        })
class LinksIT {
    private static final int FATAL = 4099;

    @TempDir
    static Path folder;

    @LocalServerPort
    int port;

    @SuppressWarnings("NullAway.Init") // made before each test
    private AdminClient admin;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry properties) {
        properties.add("drawbridge.store.sqlite.path", () -> folder.resolve("rooms.db"));
    }

    @BeforeEach
    void rooms() {
        admin = new AdminClient(port);
        admin.post("/rooms", "{\"id\":\"retro\"}");
        admin.post("/rooms", "{\"id\":\"other\"}");
    }

    private TestSocket with(String room, String token) {
        TestSocket socket = TestSocket.open(port, "/connect/" + room + "?sessionId=s&token=" + token);
        socket.send(TestSocket.connectMessage());
        return socket;
    }

    private JsonObject link(String body) {
        return admin.post("/rooms/retro/links", body).json(200);
    }

    @Test
    @DisplayName("let in who comes by one, as what was asked for, and into no other room")
    void join(CapturedOutput output) {
        JsonObject link = link("{\"permission\":\"view\",\"name\":\"Ada\",\"userId\":\"u-1\"}");
        String token = Objects.requireNonNull(link.string("token"));

        assertThat(link.keys()).containsExactlyInAnyOrder("path", "permission", "token", "expires");
        assertThat(link.string("path")).isEqualTo("/r/retro?token=" + token);
        assertThat(link.string("permission")).isEqualTo("view");
        assertThat(Instant.parse(Objects.requireNonNull(link.string("expires"))))
                .isBetween(
                        Instant.now().plus(Duration.ofDays(30)).minusSeconds(60),
                        Instant.now().plus(Duration.ofDays(30)));

        try (TestSocket guest = with("retro", token)) {
            assertThat(guest.await(message -> "connect".equals(message.string("type")))
                            .toString())
                    .contains("\"isReadonly\":true");
            JsonObject session = AdminClient.objects(
                            admin.get("/rooms/retro/sessions").json(200), "sessions")
                    .getFirst();
            assertThat(String.valueOf(session.get("user"))).contains("u-1", "Ada");
        }
        try (TestSocket stranger = TestSocket.open(port, "/connect/other?sessionId=s&token=" + token)) {
            assertThat(stranger.awaitClose()).isEqualTo(new Closed(FATAL, "FORBIDDEN"));
        }
        String audit = admin.get("/audit").json(200).toString();
        assertThat(audit).contains("/admin/v1/rooms/retro/links").doesNotContain(token, SECRET);
        assertThat(output.getAll())
                .contains("POST /admin/v1/rooms/retro/links: 200")
                .doesNotContain(token, SECRET);
        assertThat(admin.get("/server").body()).doesNotContain(token, SECRET, AdminClient.TOKEN);
    }

    @Test
    @DisplayName("hold as long as was asked for")
    void expiry() {
        JsonObject link = link("{\"permission\":\"edit\",\"expiresInSeconds\":3600}");
        assertThat(Instant.parse(Objects.requireNonNull(link.string("expires"))))
                .isBetween(Instant.now().plusSeconds(3_540), Instant.now().plusSeconds(3_600));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"permission\":\"own\"}",
                "{\"permission\":1}",
                "{\"permission\":\"edit\",\"rooms\":\"*\"}",
                "{\"permission\":\"edit\",\"expiresInSeconds\":0}",
                "{\"permission\":\"edit\",\"expiresInSeconds\":-1}",
                "{\"permission\":\"edit\",\"expiresInSeconds\":1.5}",
                "{\"permission\":\"edit\",\"expiresInSeconds\":31622401}",
                "{\"permission\":\"edit\",\"expiresInSeconds\":\"1\"}",
                "{\"permission\":\"edit\",\"expiresInSeconds\":1e400}",
                "{\"permission\":\"edit\",\"name\":\" \"}",
                "{\"permission\":\"edit\",\"userId\":\"\"}",
                "{\"permission\":\"edit\",\"userId\":7}"
            })
    @DisplayName("are made only of what is known, and no longer than a year")
    void invalid(String body) {
        admin.post("/rooms/retro/links", body).problem(400, "invalid-request");
    }

    @Test
    @DisplayName("lead into rooms that are there, and no pattern is a room")
    void noRoom() {
        admin.post("/rooms/misspelt/links", "{\"permission\":\"edit\"}").problem(404, "room-not-found");
        admin.post("/rooms/*/links", "{\"permission\":\"edit\"}").problem(404, "room-not-found");
        admin.post("/rooms/re%2A/links", "{\"permission\":\"edit\"}").problem(404, "room-not-found");
    }
}
