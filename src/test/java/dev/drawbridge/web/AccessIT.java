package dev.drawbridge.web;

import static dev.drawbridge.security.Tokens.SECRET;
import static dev.drawbridge.security.Tokens.claims;
import static dev.drawbridge.security.Tokens.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.drawbridge.web.TestSocket.Closed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** With tokens, over real sockets, and with a log that says all it can. */
@DisplayName("The door, when it asks for a token")
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "drawbridge.access.mode=jwt",
            "drawbridge.access.jwt.secret=" + SECRET,
            "drawbridge.access.jwt.cookie=board",
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
class AccessIT {
    private static final int FATAL = 4099;

    @TempDir
    static Path folder;

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry properties) {
        properties.add("drawbridge.store.sqlite.path", () -> folder.resolve("rooms.db"));
        properties.add("server.tomcat.accesslog.directory", folder::toString);
    }

    private TestSocket open(String query) {
        return TestSocket.open(port, "/connect/room?sessionId=s" + query);
    }

    private TestSocket with(JWTClaimsSet.Builder claims) {
        return open("&token=" + signed(claims));
    }

    private void assertThatItIsRefused(String query, String reason) {
        try (TestSocket socket = open(query)) {
            assertThat(socket.awaitClose()).isEqualTo(new Closed(FATAL, reason));
        }
    }

    @Test
    @DisplayName("lets in who may edit")
    void edit() {
        try (TestSocket socket = with(claims())) {
            assertThat(socket.connect().toString()).contains("\"isReadonly\":false");
            assertThat(socket.push(1, "mine", "yes")).contains("commit");
        }
    }

    @Test
    @DisplayName("lets in who may look, to look")
    void view() {
        try (TestSocket socket = with(claims().claim("permission", "view"))) {
            assertThat(socket.connect().toString()).contains("\"isReadonly\":true");
            assertThat(socket.push(1, "mine", "no")).contains("discard");
        }
    }

    @Test
    @DisplayName("ends a session when its token ends, and says why")
    void expiry() {
        Instant end = Instant.now().plusSeconds(3);
        try (TestSocket socket = with(claims().expirationTime(Date.from(end)))) {
            socket.connect();
            assertThat(socket.awaitClose()).isEqualTo(new Closed(FATAL, "NOT_AUTHENTICATED"));
            assertThat(Instant.now()).isAfterOrEqualTo(end.truncatedTo(ChronoUnit.SECONDS));
        }
    }

    @ParameterizedTest(name = "who may {0} and asks for readonly={1} is read-only: {2}")
    @CsvSource({"edit,true,true", "edit,false,false", "view,true,true", "view,false,true", "edit,TRUE,false"})
    void readonly(String permission, String asked, boolean readonly) {
        String token = signed(claims().claim("permission", permission));
        try (TestSocket socket = open("&readonly=" + asked + "&token=" + token)) {
            assertThat(socket.connect().toString()).contains("\"isReadonly\":" + readonly);
        }
    }

    @Test
    @DisplayName("tells who has no token, a bad one or an old one")
    void notAuthenticated() {
        assertThatItIsRefused("", "NOT_AUTHENTICATED");
        assertThatItIsRefused("&token=", "NOT_AUTHENTICATED");
        assertThatItIsRefused("&token=abc", "NOT_AUTHENTICATED");
        assertThatItIsRefused("&token=%25", "NOT_AUTHENTICATED");
    }

    @Test
    @DisplayName("tells who has an expired one")
    void expired() {
        assertThatItIsRefused(
                "&token="
                        + signed(claims().expirationTime(Date.from(Instant.now().minusSeconds(60)))),
                "NOT_AUTHENTICATED");
    }

    @Test
    @DisplayName("tells who has one for other rooms")
    void forbidden() {
        assertThatItIsRefused("&token=" + signed(claims().claim("rooms", "other-*")), "FORBIDDEN");
    }

    @Test
    @DisplayName("asks nobody about what is no room")
    void noRoom(CapturedOutput output) {
        try (TestSocket socket = TestSocket.open(port, "/connect/no%20room?sessionId=odd")) {
            assertThat(socket.awaitClose()).isEqualTo(new Closed(FATAL, "NOT_FOUND"));
        }
        await().until(() -> output.toString().contains("session odd: refused: NOT_FOUND: not a room id"));
        assertThat(output).doesNotContain("session odd: refused: NOT_AUTHENTICATED");
    }

    @Test
    @DisplayName("writes one line about who is refused, and no token to any log")
    void noTokenInTheLog(CapturedOutput output) throws Exception {
        String good = signed(claims().subject("leak-good"));
        String bad = signed(claims().subject("leak-bad").claim("rooms", "other"));
        String late = signed(claims().subject("leak-late").expirationTime(Date.from(Instant.EPOCH)));
        String forged = good.substring(0, good.length() - 8) + "AAAAAAAA";
        try (TestSocket socket = open("&token=" + good)) {
            socket.connect();
        }
        assertThatItIsRefused("&token=" + bad, "FORBIDDEN");
        for (String token : new String[] {late, forged, "x" + good, good + ".x"}) {
            assertThatItIsRefused("&token=" + token, "NOT_AUTHENTICATED");
        }
        // not a WebSocket at all, not at the right place, and with an escape in its path
        for (String path : new String[] {"/connect/room", "/connect", "/connect/", "/%63onnect/room"}) {
            get(path + "?token=" + good);
        }
        Path accessLog = folder.resolve("access.log");
        await().untilAsserted(() -> assertThat(accessLog).content().contains("GET /%63onnect/room HTTP/1.1"));
        assertThat(accessLog).content().contains("GET /connect/room HTTP/1.1").doesNotContain("token");

        assertThat(output)
                .contains("room room, session s: refused: FORBIDDEN: the token does not cover the room")
                .contains("refused: NOT_AUTHENTICATED: Jwt expired at 1970-01-01T00:00:00Z");
        for (String token : new String[] {good, bad, late, forged}) {
            String[] parts = token.split("\\.", -1);
            assertThat(output).doesNotContain(parts[1]).doesNotContain(parts[2]);
        }
    }

    @ParameterizedTest(name = "takes the token from {0} as well")
    @ValueSource(strings = {"Authorization: Bearer ", "Cookie: a=b; board="})
    void headers(String header) throws Exception {
        String name = header.substring(0, header.indexOf(':'));
        String value = header.substring(header.indexOf(' ') + 1);
        try (TestSocket socket = TestSocket.open(port, "/connect/room?sessionId=h", name, value + signed(claims()))) {
            socket.connect();
        }
    }

    /** Issue 10, point 19: Tomcat writes what it does not like in a request, with what it does not like. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "GET /connect/room?sessionId=s HTTP/1.1|Cookie: Authorization: Bearer %s",
                "GET /connect/room?sessionId=s HTTP/1.1|Cookie: board=%s\u0001; a",
                "GET /connect/room?sessionId=s HTTP/1.1|Cookie: $Version=1; bo ard=\"%s",
                "GET /connect/room?sessionId=s HTTP/1.1|Cookie: =%s",
                "GET /connect/room?sessionId=s HTTP/1.1|Authorization : Bearer %s",
                "GET /connect/room?sessionId=s HTTP/1.1|Authorization Bearer %s",
                "GET /connect/room?sessionId=s HTTP/1.1|Authorization: Bearer %s\u0000",
                "GET /connect/room?sessionId=s&token=%s| HTTP/1.1",
                "GET /connect/room?sessionId=s&token=%s%%zz HTTP/1.1",
                "GET /connect/room?sessionId=s&token=%s{ HTTP/1.1",
                "GET /connect/room?token=%s HTTP/9.%s",
                "GET\u0001%s /connect/room HTTP/1.1",
                "POST /admin/v1/rooms HTTP/1.1|Content-Type: %s;;=|Content-Length: 1|Authorization: Digest %s=",
                "GET /connect/room HTTP/1.1|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Version: 13"
                        + "|Sec-WebSocket-Key: %s|Sec-WebSocket-Protocol: ,%s|Sec-WebSocket-Extensions: %s;;=",
            })
    @DisplayName("is given no token by a malformed request that goes to the log")
    void malformed(String request, CapturedOutput output) throws IOException {
        String secret = "leaked" + request.hashCode() + "secret";
        String text = request.replace("%s", secret).replace("%%", "%").replace("HTTP/1.1|", "HTTP/1.1\r\n");
        boolean pipe = request.contains("%s| HTTP");
        text = pipe ? text : text.replace("|", "\r\n");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write((text + "\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        }
        assertThat(output).doesNotContain(secret);
    }

    private int get(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
