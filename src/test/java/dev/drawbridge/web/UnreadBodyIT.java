package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Issue 10, point 2: a body of 13 MB to {@code /actuator/health} ended a server with a heap of 128 MB, token or not. */
@DisplayName("A body that nobody asks for")
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"server.address=127.0.0.1", "management.server.port=0", "management.server.address=127.0.0.1"})
class UnreadBodyIT {

    @TempDir
    static Path folder;

    @LocalServerPort
    int port;

    @LocalManagementPort
    int managementPort;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry properties) {
        properties.add("drawbridge.store.sqlite.path", () -> folder.resolve("rooms.db"));
    }

    private static int ask(int port, String method, String path, String body) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .header("Content-Type", "application/json")
                            .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
            return response.statusCode();
        }
    }

    @ParameterizedTest(name = "is refused at {0}")
    @ValueSource(
            strings = {
                "/",
                "/r/retro",
                "/whiteboard.json",
                "/console",
                "/connect/retro",
                "/v3/api-docs",
                "/swagger-ui/index.html",
                "/actuator/health",
                "/nothing-here"
            })
    void refused(String path) throws Exception {
        for (String method : new String[] {"GET", "POST", "PUT"}) {
            assertThat(ask(port, method, path, "{\"a\":\"b\"}")).as(method).isEqualTo(413);
        }
    }

    @Test
    @DisplayName("is refused at the management port too, which answers who sends none")
    void management() throws Exception {
        for (String path : new String[] {"/actuator/health", "/actuator/health/readiness", "/actuator/prometheus"}) {
            assertThat(ask(managementPort, "GET", path, "{\"a\":\"b\"}"))
                    .as(path)
                    .isEqualTo(413);
            assertThat(ask(managementPort, "GET", path, "")).as(path).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("is not waited for")
    void unsent() throws Exception {
        for (int to : new int[] {port, managementPort}) {
            for (String length : new String[] {"Content-Length: 300000000", "Transfer-Encoding: chunked"}) {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), to)) {
                    socket.setSoTimeout(10_000);
                    socket.getOutputStream()
                            .write(("GET /actuator/health HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                            + length + "\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
                    InputStream in = socket.getInputStream();
                    assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII))
                            .isEqualTo("HTTP/1.1 413");
                }
            }
        }
    }

    @Test
    @DisplayName("leaves the admin API alone, which has a bound and an answer of its own")
    void admin() throws Exception {
        assertThat(ask(port, "POST", "/admin/v1/rooms", "{}")).isEqualTo(401);
    }
}
