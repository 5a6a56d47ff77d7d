package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.web.TestSocket.Closed;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The WebSocket door, over real sockets. Beside each misbehaving client sits a good one that must not notice. */
@DisplayName("The WebSocket door")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "server.address=127.0.0.1")
class RoomSocketIT {
    private static final int FATAL = 4099;

    @TempDir
    static Path folder;

    @LocalServerPort
    int port;

    private String room = "";

    @SuppressWarnings("NullAway.Init") // joined before each test
    private TestSocket good;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry properties) {
        properties.add("drawbridge.store.sqlite.path", () -> folder.resolve("rooms.db"));
        properties.add("drawbridge.limits.outbox", () -> "1MB");
    }

    @BeforeEach
    void aGoodClient(TestInfo test) {
        room = "room-" + Integer.toHexString(test.getDisplayName().hashCode());
        good = TestSocket.join(port, room, "good");
    }

    @AfterEach
    void theGoodClientIsStillThere() {
        good.assertAlive();
        good.close();
    }

    private TestSocket bad() {
        return TestSocket.join(port, room, "bad");
    }

    @Nested
    @DisplayName("[§2] framing")
    class Framing {

        @ParameterizedTest(name = "a frame that is neither an object nor a chunk closes the socket: [{0}]")
        @ValueSource(strings = {"hello", "[1]", "7", "null", "", " {\"type\":\"ping\"}", "\uFEFF{}", "1-a", "_a"})
        void neither(String frame) {
            try (TestSocket bad = bad()) {
                bad.send(frame);
                assertThat(bad.awaitClose().code()).isNotEqualTo(FATAL);
            }
        }

        @Test
        @DisplayName("chunks out of order close the socket")
        void order() {
            try (TestSocket bad = bad()) {
                bad.send("2_{");
                bad.send("0_}");
                assertThat(bad.awaitClose().code()).isNotEqualTo(FATAL);
            }
        }

        @Test
        @DisplayName("a frame that starts like JSON and is none is refused")
        void notJson() {
            try (TestSocket bad = bad()) {
                bad.send("{\"type\":");
                assertThat(bad.awaitClose()).isEqualTo(new Closed(FATAL, "UNKNOWN_ERROR"));
            }
        }

        @Test
        @DisplayName("a message of an unknown type is refused")
        void unknownType() {
            try (TestSocket bad = bad()) {
                bad.send("{\"type\":\"dance\"}");
                assertThat(bad.awaitClose()).isEqualTo(new Closed(FATAL, "UNKNOWN_ERROR"));
            }
        }

        @Test
        @DisplayName("a binary frame is a text")
        void binary() {
            try (TestSocket client = bad()) {
                client.sendBinary("{\"type\":\"ping\"}".getBytes(StandardCharsets.UTF_8));
                client.await(message -> "pong".equals(message.string("type")));
            }
        }

        @Test
        @DisplayName("a message may come in chunks, and a frame in parts")
        void chunks() {
            try (TestSocket client = bad()) {
                String push = TestSocket.putPage(1, "chunked", "Ü💡".repeat(50_000));
                client.send("1_" + push.substring(0, 70_000));
                client.sendPart("0_" + push.substring(70_000, 90_000));
                client.send(push.substring(90_000));
                client.await(message -> message.toString().contains("\"commit\""));
                good.await(message -> message.toString().contains("page:chunked"));
            }
        }
    }

    @Test
    @DisplayName("a long message of nothing but surrogate pairs arrives as it was sent")
    void surrogatePairs() {
        String name = "x" + "\uD83D\uDCA1".repeat(30_000);
        assertThat(good.push(1, "pairs", name)).contains("commit");
        try (TestSocket newcomer = TestSocket.open(port, "/connect/" + room + "?sessionId=new")) {
            assertThat(newcomer.connect().toString()).contains(name);
        }
    }

    @Nested
    @DisplayName("[§21.6] bounds")
    class Bounds {

        @Test
        @DisplayName("a record nested 10,000 levels deep is refused")
        void deep() {
            try (TestSocket bad = bad()) {
                bad.send("{\"type\":\"push\",\"clientClock\":1,\"diff\":{\"page:x\":[\"put\",{\"meta\":"
                        + "[".repeat(10_000) + "]".repeat(10_000) + "}]}}");
                assertThat(bad.awaitClose()).isEqualTo(new Closed(FATAL, "INVALID_RECORD"));
            }
        }

        @Test
        @DisplayName("a message of 100 MB is refused before all of it is there")
        void huge() {
            try (TestSocket bad = bad()) {
                String part = "x".repeat(1 << 20);
                bad.sendPart("{\"type\":\"push\",\"diff\":\"");
                try {
                    for (int i = 0; i < 100; i++) {
                        bad.sendPart(part);
                    }
                } catch (RuntimeException e) {
                    // the server has closed the socket meanwhile
                }
                assertThat(bad.awaitClose().code()).isIn(FATAL, 1006);
            }
        }

        @Test
        @DisplayName("a sequence of a million chunks is refused")
        void manyChunks() {
            try (TestSocket bad = bad()) {
                bad.send("1000000_{");
                assertThat(bad.awaitClose()).isEqualTo(new Closed(FATAL, "MESSAGE_TOO_LARGE"));
            }
        }

        @Test
        @DisplayName("half a chunk sequence and then silence ends with the patience for a connect message")
        void silence() {
            try (TestSocket bad = TestSocket.open(port, "/connect/" + room + "?sessionId=silent")) {
                bad.send("3_{\"type\"");
                assertThat(bad.awaitClose().code()).isNotEqualTo(FATAL);
            }
        }

        @Test
        @DisplayName("a client that does not read is cut off, and delays nobody")
        void slow() {
            try (TestSocket slow = TestSocket.openDeaf(port, "/connect/" + room + "?sessionId=slow")) {
                slow.send(TestSocket.connectMessage());
                String large = "x".repeat(300_000);
                for (int i = 0; i < 60; i++) {
                    assertThat(good.push(i, "p", large + i)).contains("serverClock");
                }
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(slowIsGone(slow)).isTrue());
            }
        }

        private boolean slowIsGone(TestSocket slow) {
            try {
                slow.send("{\"type\":\"ping\"}");
                return false;
            } catch (RuntimeException e) {
                return true;
            }
        }
    }

    @Nested
    @DisplayName("the URL")
    class Urls {

        @ParameterizedTest(name = "a room id with other characters is refused for good: {0}")
        @ValueSource(strings = {"a%20b", "a%2Fb", "r%C3%A4ume", "a/b", "", "a%", "..%2f..", "{x}", "a%3Ab"})
        void badRoomId(String id) {
            String path =
                    "/connect/" + id.replace("{", "%7B").replace("}", "%7D").replaceAll("%$", "%25");
            try (TestSocket socket = TestSocket.open(port, path + "?sessionId=s")) {
                assertThat(socket.awaitClose()).isEqualTo(new Closed(FATAL, "NOT_FOUND"));
            }
        }

        @ParameterizedTest(name = "below /api a room id with other characters is refused in the same way: {0}")
        @ValueSource(strings = {"a%20b", "a%2Fb", "..%2f..", ""})
        void badRoomIdBelowApi(String id) {
            try (TestSocket socket = TestSocket.open(port, "/api/connect/" + id + "?sessionId=s")) {
                assertThat(socket.awaitClose()).isEqualTo(new Closed(FATAL, "NOT_FOUND"));
            }
        }

        @Test
        @DisplayName("a room is the same one below /api, where one of tldraw's templates looks for it")
        void belowApi() {
            try (TestSocket one = TestSocket.open(port, "/connect/" + room + "?sessionId=one");
                    TestSocket two = TestSocket.open(port, "/api/connect/" + room + "?sessionId=two&storeId=x")) {
                one.connect();
                two.connect();
                one.push(1, "drawn", "Drawn");
                two.await(message -> message.toString().contains("page:drawn"));
            }
        }

        @Test
        @DisplayName("what is no URL path at all is refused before it becomes a socket")
        void noPath() {
            assertThatThrownBy(() -> TestSocket.open(port, "/connect/%00"))
                    .hasCauseInstanceOf(WebSocketHandshakeException.class);
        }

        @Test
        @DisplayName("a room id may be 200 characters long, and no longer")
        void length() {
            try (TestSocket socket = TestSocket.open(port, "/connect/" + "a".repeat(200))) {
                socket.connect();
            }
            try (TestSocket socket = TestSocket.open(port, "/connect/" + "a".repeat(201))) {
                assertThat(socket.awaitClose()).isEqualTo(new Closed(FATAL, "NOT_FOUND"));
            }
        }

        @Test
        @DisplayName("without a session id, one is made")
        void noSessionId() {
            try (TestSocket one = TestSocket.open(port, "/connect/" + room);
                    TestSocket two = TestSocket.open(port, "/connect/" + room + "?sessionId=")) {
                one.connect();
                two.connect();
                one.assertAlive();
            }
        }

        @Test
        @DisplayName("readonly=true makes a session that changes nothing")
        void readonly() {
            try (TestSocket reader = TestSocket.open(port, "/connect/" + room + "?sessionId=r&readonly=true&token=x")) {
                assertThat(reader.connect().toString()).contains("\"isReadonly\":true");
                assertThat(reader.push(1, "mine", "no")).contains("discard");
            }
        }

        @Test
        @DisplayName("[§21.3] a socket with a known session id replaces the old one")
        void replaced() {
            try (TestSocket old = TestSocket.join(port, room, "same");
                    TestSocket young = TestSocket.join(port, room, "same")) {
                assertThat(old.awaitClose().code()).isNotEqualTo(FATAL);
                young.assertAlive();
            }
        }
    }

    @Test
    @DisplayName("a refused client learns the reason, and nothing it sent after is applied")
    void refusedMeansRefused() {
        try (TestSocket bad = bad()) {
            bad.send(
                    "{\"type\":\"push\",\"clientClock\":1,\"diff\":{\"page:1\":[\"put\",{\"id\":\"page:1\",\"typeName\":\"page\"}]}}");
            bad.send(TestSocket.putPage(2, "after", "no"));
            assertThat(bad.awaitClose()).isEqualTo(new Closed(FATAL, "INVALID_RECORD"));
        } catch (RuntimeException e) {
            // it may have been closed before the second message could be sent
        }
        assertThat(good.push(1, "fine", "yes")).contains("commit");
        assertThat(good.messages().toString()).doesNotContain("page:after");
    }

    @Test
    @DisplayName("compression is not offered unless it is switched on")
    void noCompression() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write("""
                    GET /connect/%s HTTP/1.1
                    Host: 127.0.0.1
                    Upgrade: websocket
                    Connection: Upgrade
                    Sec-WebSocket-Version: 13
                    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                    Sec-WebSocket-Extensions: permessage-deflate

                    """.formatted(room).replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            List<String> head =
                    reader.lines().takeWhile(line -> !line.isEmpty()).toList();
            assertThat(head.getFirst()).contains("101");
            assertThat(head).noneMatch(line -> line.startsWith("Sec-WebSocket-Extensions"));
        }
    }
}
