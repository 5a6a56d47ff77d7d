package dev.drawbridge.web.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.drawbridge.FreePort;
import dev.drawbridge.cluster.NodeCard;
import dev.drawbridge.cluster.link.ClusterSecret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

@DisplayName("A request that is brought to another node")
class ForwardingTest {
    private static final int MOST = 10_000;

    private final ForwardingSeal seal =
            new ForwardingSeal(new ClusterSecret("a secret of ours".getBytes(StandardCharsets.UTF_8)));

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    private final Forwarder forwarder = new Forwarder(http, seal, Duration.ofSeconds(2), MOST, System::nanoTime);
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    private HttpServer node;
    private Answering answering = exchange -> exchange.sendResponseHeaders(204, -1);

    private interface Answering {
        void answer(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        node.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        node.createContext("/", exchange -> {
            try (exchange) {
                answering.answer(exchange);
            }
        });
        node.start();
    }

    @AfterEach
    void stop() {
        http.shutdownNow();
        node.stop(0);
    }

    private static NodeCard card(int port) {
        return new NodeCard("b", "127.0.0.1", 7070, port, false, "1", Instant.EPOCH, 0, 0, 0, 0, 0, false, List.of());
    }

    private Optional<String> forward(MockHttpServletRequest request) throws IOException {
        return forwarder.forward(card(node.getAddress().getPort()), request, response, true);
    }

    private static MockHttpServletRequest request(String method, String path) {
        return new MockHttpServletRequest(method, path);
    }

    @Test
    @DisplayName("comes as it was sent, with a seal on it, and the answer goes back as it is")
    void asItIs() throws IOException {
        AtomicReference<String> came = new AtomicReference<>("");
        answering = exchange -> {
            came.set(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().toASCIIString() + " "
                            + exchange.getRequestHeaders().getFirst("Authorization") + " "
                            + exchange.getRequestHeaders().getFirst("If-Match") + " "
                            + exchange.getRequestHeaders().getFirst("Keep-Alive") + " "
                            + exchange.getRequestHeaders().getFirst("X-Mine") + " "
                            + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            assertThat(seal.isOn(
                            exchange.getRequestHeaders().getFirst(ForwardingSeal.HEADER),
                            "b",
                            "PUT",
                            "/admin/v1/rooms/r/records/page:%C3%A4%25?x=%20a+b"))
                    .isTrue();
            exchange.getResponseHeaders().add("ETag", "\"7\"");
            exchange.getResponseHeaders().add("Content-Type", "application/problem+json");
            byte[] body = "{\"ä\":1}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(412, body.length);
            exchange.getResponseBody().write(body);
        };
        MockHttpServletRequest request = request("PUT", "/admin/v1/rooms/r/records/page:%C3%A4%25");
        request.setQueryString("x=%20a+b");
        request.addHeader("Authorization", "Bearer t");
        request.addHeader("If-Match", "\"7\"");
        request.addHeader("Connection", "close, X-Mine");
        request.addHeader("Keep-Alive", "never");
        request.addHeader("X-Mine", "a");
        request.addHeader(ForwardingSeal.HEADER, "forged");
        request.setContent("{\"a\":\"ü\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(forward(request)).isEmpty();

        assertThat(came.get())
                .isEqualTo(
                        "PUT /admin/v1/rooms/r/records/page:%C3%A4%25?x=%20a+b Bearer t \"7\" null null {\"a\":\"ü\"}");
        assertThat(response.getStatus()).isEqualTo(412);
        assertThat(response.getHeader("ETag")).isEqualTo("\"7\"");
        assertThat(response.getContentType()).isEqualTo("application/problem+json");
        assertThat(response.getContentAsString(StandardCharsets.UTF_8)).isEqualTo("{\"ä\":1}");
    }

    @Test
    @DisplayName("is sent on when the node says who has the room, unless its body is used up")
    void elsewhere() throws IOException {
        answering = exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add(Forwarder.ELSEWHERE, "c");
            exchange.getResponseHeaders().add("Retry-After", "2");
            exchange.sendResponseHeaders(503, -1);
        };
        assertThat(forward(request("GET", "/admin/v1/rooms/r"))).contains("c");
        assertThat(response.getStatus()).isEqualTo(200);

        MockHttpServletRequest change = request("PUT", "/admin/v1/rooms/r/records/a");
        change.setContent(new byte[10]);
        assertThat(forward(change)).isEmpty();
        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeader("Retry-After")).isEqualTo("2");
        assertThat(response.getHeader(Forwarder.ELSEWHERE)).isNull();
    }

    @Test
    @DisplayName(
            "is answered with what a client can do something with when the node is not there, or hangs, or breaks off")
    void unreachable() throws IOException {
        int nobody = FreePort.next();
        assertThatThrownBy(() -> forwarder.forward(card(nobody), request("GET", "/admin/v1/rooms/r"), response, false))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("cannot be reached. Nothing was done");

        answering = exchange -> {
            exchange.getResponseHeaders().add("ETag", "\"7\"");
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().write(new byte[3]);
            exchange.getResponseBody().flush();
        };
        assertThatThrownBy(() -> forward(request("GET", "/admin/v1/rooms/r")))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.type())
                        .isEqualTo(ProblemType.UNAVAILABLE));
        assertThat(response.getHeader("ETag")).isNull();

        try (ServerSocket deaf = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> forwarder.forward(
                            card(deaf.getLocalPort()), request("GET", "/admin/v1/rooms/r"), response, false))
                    .hasMessageContaining("did not answer within 2 s. Whether it was done is unknown");
        }
    }

    @Test
    @DisplayName("tells when the other node has another token")
    void otherToken() {
        answering = exchange -> exchange.sendResponseHeaders(401, -1);
        assertThatThrownBy(() -> forward(request("GET", "/admin/v1/rooms/r")))
                .hasMessageContaining("all need the same drawbridge.admin.token");
    }

    @Test
    @DisplayName("may have as large a body as one that is answered here")
    void tooLarge() {
        MockHttpServletRequest declared = request("PUT", "/admin/v1/rooms/r/snapshot");
        declared.setContent(new byte[MOST + 1]);
        assertThatThrownBy(() -> forward(declared))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.type())
                        .isEqualTo(ProblemType.PAYLOAD_TOO_LARGE));

        MockHttpServletRequest chunked = new MockHttpServletRequest("PUT", "/admin/v1/rooms/r/snapshot") {
            @Override
            public long getContentLengthLong() {
                return -1;
            }
        };
        chunked.addHeader("Transfer-Encoding", "chunked");
        chunked.setContent(new byte[MOST + 1]);
        answering = exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
        };
        assertThatThrownBy(() -> forward(chunked))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.type())
                        .isEqualTo(ProblemType.PAYLOAD_TOO_LARGE));
    }

    @Test
    @DisplayName("has a seal that is of no use for another one, at another node, or from somebody else")
    void seals() {
        String of = seal.of("b", "GET", "/admin/v1/rooms/r");
        assertThat(seal.isOn(of, "b", "GET", "/admin/v1/rooms/r")).isTrue();
        assertThat(seal.isOn(of, "c", "GET", "/admin/v1/rooms/r")).isFalse();
        assertThat(seal.isOn(of, "b", "PUT", "/admin/v1/rooms/r")).isFalse();
        assertThat(seal.isOn(of, "b", "GET", "/admin/v1/rooms/s")).isFalse();
        for (String forged : List.of("", "x", "%", of.toLowerCase(Locale.ROOT), of + "A")) {
            assertThat(seal.isOn(forged, "b", "GET", "/admin/v1/rooms/r"))
                    .as(forged)
                    .isFalse();
        }
        assertThat(new ForwardingSeal(new ClusterSecret("another secret".getBytes(StandardCharsets.UTF_8)))
                        .isOn(of, "b", "GET", "/admin/v1/rooms/r"))
                .isFalse();
    }

    @Test
    @DisplayName("keeps its escapes, and gets those that a URL needs")
    void targets() {
        MockHttpServletRequest request = request("GET", "/admin/v1/rooms/r/records/a[b]%5B%2fä");
        request.setQueryString("q={x}&y=%7B|");
        assertThat(Forwarder.target(request)).startsWith("/admin/v1/rooms/r/records/a%5Bb%5D%5B%2f");
        assertThat(Forwarder.target(request)).endsWith("?q=%7Bx%7D&y=%7B%7C");
        assertThat(AdminApi.authority("fd00::7", 8080)).isEqualTo("[fd00::7]:8080");
        assertThat(AdminApi.authority("pod", 8080)).isEqualTo("pod:8080");
    }
}
