package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.web.TestSocket.Closed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** With limits that a test can reach. */
@DisplayName("[§21.6] a limit of a room or a session")
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "drawbridge.limits.message-length=20000",
            "drawbridge.limits.chunks=3",
            "drawbridge.limits.json-depth=20",
            "drawbridge.limits.messages-per-second=10",
            "drawbridge.limits.sessions-per-room=3",
            "drawbridge.limits.editors-per-room=2",
            "drawbridge.limits.records-per-room=4",
            "drawbridge.limits.bytes-per-room=10KB",
        })
@ExtendWith(OutputCaptureExtension.class)
class LimitsIT {
    private static final int FATAL = 4099;

    @TempDir
    static Path folder;

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void store(DynamicPropertyRegistry properties) {
        properties.add("drawbridge.store.sqlite.path", () -> folder.resolve("rooms.db"));
    }

    private TestSocket open(String room, String sessionId) {
        return TestSocket.open(port, "/connect/" + room + "?sessionId=" + sessionId);
    }

    @Test
    @DisplayName("lets no more sessions in than there may be, the last of them as viewers")
    void sessions() throws Exception {
        try (TestSocket a = open("full", "a");
                TestSocket b = open("full", "b");
                TestSocket c = open("full", "c")) {
            assertThat(a.connect().toString()).contains("\"isReadonly\":false");
            assertThat(b.connect().toString()).contains("\"isReadonly\":false");
            assertThat(c.connect().toString()).contains("\"isReadonly\":true");
            assertThat(c.push(1, "mine", "no")).contains("discard");
            try (TestSocket d = open("full", "d")) {
                assertThat(d.awaitClose()).isEqualTo(new Closed(FATAL, "ROOM_FULL"));
            }
            a.assertAlive();
        }
        assertHit("sessions_per_room", "editors_per_room");
    }

    @Test
    @DisplayName(
            "keeps a room from growing, tells the client, lets it delete, and is counted each time but logged once")
    void growth(CapturedOutput log) throws Exception {
        double before = hits("records_per_room");
        try (TestSocket a = TestSocket.join(port, "growing", "a")) {
            assertThat(a.push(1, "three", "yes")).contains("commit");
            assertThat(a.push(2, "four", "yes")).contains("commit");
            assertThat(a.push(3, "five", "no")).contains("discard");
            assertThat(a.push(4, "six", "no")).contains("discard");
            a.await(message -> message.toString()
                    .equals("{\"type\":\"custom\",\"data\":{\"type\":\"drawbridge.limit\","
                            + "\"limit\":\"RECORDS_PER_ROOM\",\"max\":4}}"));
            a.send("{\"type\":\"push\",\"clientClock\":5,\"diff\":{\"page:three\":[\"remove\"]}}");
            a.await(message -> message.toString().contains("\"clientClock\":5,"));
            assertThat(a.push(6, "five", "yes")).contains("commit");
        }
        assertThat(hits("records_per_room") - before).isEqualTo(2);
        assertThat(log.getOut().split("the limit RECORDS_PER_ROOM was hit", -1)).hasSize(2);
    }

    @Test
    @DisplayName("keeps a room's records from growing too large")
    void bytes() throws Exception {
        try (TestSocket a = TestSocket.join(port, "large", "a")) {
            assertThat(a.push(1, "large", "x".repeat(9_000))).contains("commit");
            assertThat(a.push(2, "more", "x".repeat(2_000))).contains("discard");
            a.await(message -> message.toString().contains("BYTES_PER_ROOM"));
        }
        assertHit("bytes_per_room");
    }

    @Test
    @DisplayName("refuses who sends too much for long with RATE_LIMITED, and nobody else")
    void rate() throws Exception {
        try (TestSocket quiet = TestSocket.join(port, "busy", "quiet");
                TestSocket busy = TestSocket.join(port, "busy", "busy")) {
            for (int i = 0; i < 200 && !busy.isClosed(); i++) {
                busy.send("{\"type\":\"ping\"}");
            }
            assertThat(busy.awaitClose()).isEqualTo(new Closed(FATAL, "RATE_LIMITED"));
            quiet.assertAlive();
        }
        assertHit("push_rate");
    }

    @Test
    @DisplayName("never cuts off a viewer for what tldraw pages do: push their user a dozen times a second")
    void viewer() {
        try (TestSocket viewer = TestSocket.open(port, "/connect/watched?sessionId=v&readonly=true")) {
            viewer.connect();
            for (int clock = 1; clock <= 400; clock++) { // four times what an editor may send at once
                assertThat(viewer.push(clock, "mine", "no")).contains("discard");
            }
            viewer.assertAlive();
        }
    }

    @Test
    @DisplayName("refuses messages that are too long, in too many parts, or nested too deep; others notice nothing")
    void messages() throws Exception {
        try (TestSocket other = TestSocket.join(port, "strange", "other")) {
            List<String> frames = List.of(
                    "{\"type\":\"ping\",\"ballast\":\"" + "x".repeat(20_000) + "\"}",
                    "3_{\"type\":",
                    "{\"type\":\"ping\",\"deep\":" + "[".repeat(30) + "]".repeat(30) + "}");
            List<Closed> closes = new ArrayList<>();
            for (String frame : frames) {
                try (TestSocket socket = TestSocket.join(port, "strange", "s" + closes.size())) {
                    socket.send(frame);
                    closes.add(socket.awaitClose());
                }
            }
            assertThat(closes)
                    .containsExactly(
                            new Closed(FATAL, "MESSAGE_TOO_LARGE"),
                            new Closed(FATAL, "MESSAGE_TOO_LARGE"),
                            new Closed(FATAL, "INVALID_RECORD"));
            other.assertAlive();
        }
        assertHit("message_length", "chunks", "json_depth");
    }

    @Test
    @DisplayName("A session is a line in the log when it joins and a line when it leaves, with counts and the reason")
    void sessionLines(CapturedOutput log) {
        try (TestSocket a = TestSocket.join(port, "logged", "someone")) {
            a.assertAlive();
        }
        Awaitility.await().untilAsserted(() -> assertThat(log.getOut())
                .containsOnlyOnce("room logged, session someone: joined as editor, at clock 1")
                .containsOnlyOnce("room logged, session someone: left after")
                .contains("2 messages (", "the client has left", "room=logged session=someone"));
    }

    private void assertHit(String... limits) throws Exception {
        for (String limit : limits) {
            assertThat(hits(limit)).as(limit).isPositive();
        }
    }

    private double hits(String limit) throws Exception {
        return Scrape.of(port).value("drawbridge_limits_hit_total{limit=\"" + limit + "\"}");
    }
}
