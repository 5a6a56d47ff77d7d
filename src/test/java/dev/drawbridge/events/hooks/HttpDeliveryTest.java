package dev.drawbridge.events.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.events.EventType;
import dev.drawbridge.events.hooks.Attempt.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a receiver of bytes, which answers whatever it is told to. */
@DisplayName("A delivery by HTTP")
class HttpDeliveryTest {
    private static final String SECRET = "a-secret-of-the-team-2026-1";
    private static final Instant NOW = Instant.parse("2026-11-28T17:00:00.900Z");
    private static final byte[] BODY = "{\"id\":\"5f0c1a2b-1\"}".getBytes(StandardCharsets.UTF_8);

    private final HttpDelivery delivery = new HttpDelivery("Drawbridge/test", InstantSource.fixed(NOW));
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private ServerSocket server;

    @FunctionalInterface
    private interface Behaviour {
        void answer(Socket socket) throws Exception;
    }

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        delivery.close();
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** Reads each request and answers the connection so. */
    private void receive(Behaviour behaviour) {
        Thread.startVirtualThread(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    sockets.add(socket);
                    Thread.startVirtualThread(() -> {
                        try {
                            readRequest(socket);
                            behaviour.answer(socket);
                        } catch (Exception e) {
                            // the test looks at the other end
                        }
                    });
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    private void readRequest(Socket socket) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0 || !text.toString().endsWith("}")) {
            int read = socket.getInputStream().read();
            if (read < 0) {
                return;
            }
            text.append((char) read);
        }
        requests.add(text.toString());
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    private Webhook webhook(String url, Duration timeout) {
        return new Webhook(
                "crm",
                URI.create(url),
                List.of(Secret.of(SECRET)),
                EnumSet.allOf(EventType.class),
                "*",
                false,
                timeout,
                Duration.ofDays(1),
                100,
                1 << 20,
                1);
    }

    private String url() {
        return "http://" + server.getInetAddress().getHostAddress() + ":" + server.getLocalPort() + "/hook?a=b";
    }

    private Attempt bring(Duration timeout) throws Exception {
        return bring(url(), timeout);
    }

    private Attempt bring(String url, Duration timeout) throws Exception {
        return delivery.bring(new Letter(webhook(url, timeout), "5f0c1a2b-1", BODY))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    private Attempt answered(String response) throws Exception {
        receive(socket -> write(socket, response));
        return bring(Duration.ofSeconds(10));
    }

    @Test
    @DisplayName("brings the event with its id, the time and a signature that another implementation verifies")
    void request() throws Exception {
        Attempt attempt = answered("HTTP/1.1 204 No Content\r\n\r\n");

        assertThat(attempt.outcome()).isEqualTo(Outcome.DELIVERED);
        assertThat(attempt.status()).hasValue(204);
        String request = requests.getFirst();
        assertThat(request).startsWith("POST /hook?a=b HTTP/1.1\r\n").endsWith("\r\n\r\n" + "{\"id\":\"5f0c1a2b-1\"}");
        assertThat(header(request, "content-type")).isEqualTo("application/json");
        assertThat(header(request, "user-agent")).isEqualTo("Drawbridge/test");
        assertThat(header(request, "webhook-id")).isEqualTo("5f0c1a2b-1");
        assertThat(header(request, "webhook-timestamp")).isEqualTo(Long.toString(NOW.getEpochSecond()));
        assertThat(OtherVerifier.verifies(
                        SECRET,
                        header(request, "webhook-id"),
                        header(request, "webhook-timestamp"),
                        header(request, "webhook-signature"),
                        BODY))
                .isTrue();
    }

    private static String header(String request, String name) {
        return request.lines()
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "200 OK, DELIVERED",
        "299 Whatever, DELIVERED",
        "301 Moved, REFUSED",
        "400 Bad, REFUSED",
        "404 Not Found, REFUSED",
        "410 Gone, GONE",
        "500 Failed, REFUSED"
    })
    @DisplayName("went as the status says")
    void statuses(String status, Outcome outcome) throws Exception {
        assertThat(answered("HTTP/1.1 " + status + "\r\ncontent-length: 0\r\n\r\n")
                        .outcome())
                .isEqualTo(outcome);
    }

    @Test
    @DisplayName("goes nowhere else, wherever it is redirected to")
    void redirects() throws Exception {
        Attempt attempt = answered("HTTP/1.1 307 Temporary\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n");

        assertThat(attempt.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(attempt.words()).isEqualTo("answered 307, and redirects are not followed");
        assertThat(requests).hasSize(1);
    }

    @Test
    @DisplayName("tells the beginning of an answer in one line, and keeps no more of it")
    void words() throws Exception {
        String body = "no\n\u202e such \"thing\"" + "x".repeat(100_000);
        Attempt attempt = answered("HTTP/1.1 500 Failed\r\ncontent-length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);

        assertThat(attempt.words())
                .startsWith("answered 500: no\\n\\u202e such \"thing\"xxx")
                .hasSizeLessThan(300);
    }

    @Test
    @DisplayName("does not wait for the end of an answer that has none, and goes by its status")
    void endless() throws Exception {
        receive(socket -> {
            write(socket, "HTTP/1.1 200 OK\r\n\r\n");
            while (true) {
                write(socket, "y".repeat(10_000));
            }
        });

        assertThat(bring(Duration.ofSeconds(15)).outcome()).isEqualTo(Outcome.DELIVERED);
    }

    @Test
    @DisplayName("fails in time when nothing is answered")
    void hangs() throws Exception {
        receive(socket -> {});

        Attempt attempt = bring(Duration.ofMillis(300));

        assertThat(attempt.outcome()).isEqualTo(Outcome.TIMEOUT);
        assertThat(attempt.words()).isEqualTo("there was no whole answer within 300 ms");
    }

    @Test
    @DisplayName("fails in time when the connection is not even accepted")
    void doesNotAccept() throws Exception {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "http://" + deaf.getInetAddress().getHostAddress() + ":" + deaf.getLocalPort() + "/";
            for (int i = 0; i < 4; i++) {
                assertThat(bring(url, Duration.ofMillis(200)).outcome()).isEqualTo(Outcome.TIMEOUT);
            }
        }
    }

    @Test
    @DisplayName("fails in time when the body of an answer does not come, or trickles in, and closes the connection")
    void trickles() throws Exception {
        receive(socket -> {
            write(socket, "HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n");
            while (true) {
                write(socket, "z");
                Thread.sleep(20); // this is what it is about
            }
        });

        assertThat(bring(Duration.ofMillis(400)).outcome()).isEqualTo(Outcome.TIMEOUT);
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> sockets.getFirst().getInputStream().read() < 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "SSH-2.0-OpenSSH_9.9\r\n", "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc", "\0\0\0"})
    @DisplayName("fails when what is answered is no HTTP, or half an answer")
    void garbage(String answer) throws Exception {
        receive(socket -> {
            write(socket, answer);
            socket.close();
        });

        Attempt attempt = bring(Duration.ofSeconds(10));

        assertThat(attempt.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(attempt.words())
                .isEqualTo("the connection ended before there was a whole answer, or what was answered is not HTTP");
    }

    @Test
    @DisplayName("fails when the connection is reset")
    void resets() throws Exception {
        receive(socket -> {
            socket.setSoLinger(true, 0);
            socket.close();
        });

        assertThat(bring(Duration.ofSeconds(10)).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    @DisplayName("says in words that nobody listens, that the host is not known, and that it speaks no TLS")
    void unreachable() throws Exception {
        int port = server.getLocalPort();
        Thread.startVirtualThread(() -> {
            try (Socket socket = server.accept()) {
                write(socket, "HTTP/1.1 400 Bad\r\n\r\n");
            } catch (IOException e) {
                // the test looks at the other end
            }
        });
        assertThat(bring("https://localhost:" + port + "/", Duration.ofSeconds(10))
                        .words())
                .isEqualTo("there is no trusted connection (TLS)");
        server.close();
        assertThat(bring("http://127.0.0.1:" + port + "/", Duration.ofSeconds(10))
                        .words())
                .isEqualTo("the connection was refused");
        assertThat(bring("http://nobody.invalid/", Duration.ofSeconds(10)).words())
                .isEqualTo("the host is not known");
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource(nullValues = "none", delimiter = '|', textBlock = """
            429 | 17                            | PT17S
            503 | Sat, 28 Nov 2026 17:01:00 GMT | PT59.1S
            503 | Sat, 28 Nov 2026 16:00:00 GMT | none
            503 | soon                          | none
            503 | -5                            | none
            503 | 99999999999999999999          | none
            500 | 17                            | none
            """)
    @DisplayName("hears how long the receiver wants to be left alone")
    void retryAfter(int status, String value, Duration expected) throws Exception {
        Attempt attempt =
                answered("HTTP/1.1 " + status + " x\r\nretry-after: " + value + "\r\ncontent-length: 0\r\n\r\n");

        assertThat(attempt.retryAfter().orElse(null)).isEqualTo(expected);
    }
}
