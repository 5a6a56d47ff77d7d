package dev.drawbridge.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script against a server that says what it is told to; ChartRunsIT has it against a real one. */
@DisplayName("What helm test runs")
class ChartHelmTestTest {
    private static final String TOKEN = "a-token-of-the-test";

    @TempDir
    Path folder;

    private final AtomicInteger nodes = new AtomicInteger();
    private final AtomicInteger joining = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> answer(exchange, 404, ""));
        server.createContext("/connect", exchange -> answer(exchange, 101, ""));
        server.createContext("/actuator", exchange -> answer(exchange, 200, "{\"status\":\"UP\"}"));
        server.createContext("/admin/v1/nodes", this::answerNodes);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void isContentWithAsManyServersAsThereShouldBe() throws Exception {
        nodes.set(3);
        assertThat(run(TOKEN, 3, 3)).isEqualTo("0: ok: as many servers know of each other as there should be: 3");
        assertThat(run(TOKEN, 2, 6)).isEqualTo("0: ok: as many servers know of each other as there should be: 3");
    }

    @Test
    void failsWithFewerAndWithMore() throws Exception {
        nodes.set(2);
        assertThat(run(TOKEN, 3, 3))
                .startsWith("1: FAILED: 2 servers know of each other, not 3 to 3. The answer was: HTTP/1.1 200");
        nodes.set(4);
        assertThat(run(TOKEN, 3, 3)).startsWith("1: FAILED: 4 servers know of each other, not 3 to 3.");
    }

    @Test
    void waitsForOneThatIsStillJoining() throws Exception {
        nodes.set(2);
        joining.set(1);
        assertThat(run(TOKEN, 3, 3)).isEqualTo("0: ok: as many servers know of each other as there should be: 3");
    }

    @Test
    void saysThatTheTokenIsWrong() throws Exception {
        nodes.set(3);
        assertThat(run("another", 3, 3)).startsWith("1: FAILED: 0 servers know").contains("401");
    }

    @Test
    void asksForNoServersWithoutAToken() throws Exception {
        assertThat(run("", 3, 3)).isEqualTo("0: ok: a WebSocket opens");
    }

    /** The exit code, and what was found last. */
    private String run(String token, int fewest, int most) throws IOException, InterruptedException {
        String port = Integer.toString(server.getAddress().getPort());
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(
                        "bash", "-euc", Files.readString(Chart.HOME.resolve("files/test.sh")))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment()
                .putAll(Map.of(
                        "HOST",
                        "127.0.0.1",
                        "PORT",
                        port,
                        "MANAGEMENT_HOST",
                        "127.0.0.1",
                        "MANAGEMENT_PORT",
                        port,
                        "METRICS",
                        "false",
                        "FEWEST_NODES",
                        Integer.toString(fewest),
                        "MOST_NODES",
                        Integer.toString(most),
                        // Enough for one more question, when a node joins meanwhile.
                        "PATIENCE",
                        joining.get() > 0 ? "30" : "-1"));
        if (!token.isEmpty()) {
            // As Kubernetes gives it: without a line's end.
            Path file = Files.writeString(folder.resolve("admin-token"), token);
            builder.environment().put("ADMIN_TOKEN_FILE", file.toString());
        }
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String printed = Files.readString(output).strip();
        return process.exitValue() + ": "
                + printed.substring(Math.max(printed.lastIndexOf("ok: "), printed.lastIndexOf("FAILED: ")));
    }

    private void answerNodes(HttpExchange exchange) throws IOException {
        if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, "{\"code\":\"unauthorized\"}");
            return;
        }
        String body = IntStream.range(0, nodes.getAndAdd(joining.getAndSet(0)))
                .mapToObj(i -> "{\"id\":\"n" + i + "\",\"state\":\"accepting\",\"started\":\"2026-01-31T09:00:00Z\"}")
                .collect(Collectors.joining(",", "{\"nodes\":[", "]}"));
        answer(exchange, 200, body);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
