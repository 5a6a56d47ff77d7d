package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.links.RawServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
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
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** On the running server, with a web of its own at 127.0.0.1; what is at 127.0.0.2 is as private as it always is. */
@DisplayName("Previews of links")
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "drawbridge.links.allowed-networks=127.0.0.1",
            "drawbridge.links.denied-hosts=localhost",
            "drawbridge.links.rate=100"
        })
class LinkPreviewIT {
    private static final RawServer WEB = RawServer.at("127.0.0.1")
            .page("/page?a=1&b=%C3%A4", """
                    <title>Title</title><meta property=og:description content="Grüße">
                    <meta property=og:image content=i.png><meta property=og:image:width content=640>
                    <meta property=og:image:height content=480><link rel=icon href=/icon.svg>
                    """)
            .page("/plain", "<title>Plain</title>")
            .answer("/i.png", "HTTP/1.1 200 OK\r\nContent-Type: image/png", "no matter");

    private static final RawServer INSIDE = RawServer.at("127.0.0.2").page("/", "<title>secret</title>");

    static {
        WEB.redirect("/inside", "http://127.0.0.2:" + INSIDE.port() + "/");
    }

    @TempDir
    static Path folder;

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry properties) {
        properties.add("drawbridge.store.sqlite.path", () -> folder.resolve("rooms.db"));
        properties.add("drawbridge.links.ports", () -> WEB.port() + "," + INSIDE.port());
    }

    @AfterAll
    static void stop() {
        WEB.close();
        INSIDE.close();
    }

    private static String web(String path) {
        return "http://127.0.0.1:" + WEB.port() + path;
    }

    private HttpResponse<String> ask(String method, String path, String... headers)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .method(method, BodyPublishers.noBody());
            if (headers.length > 0) {
                request.headers(headers);
            }
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }

    private HttpResponse<String> preview(String url) throws IOException, InterruptedException {
        return ask("GET", "/unfurl?url=" + URLEncoder.encode(url, StandardCharsets.UTF_8));
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static void assertProblem(HttpResponse<String> response, int status, String type) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
        assertThat(response.body())
                .contains("\"urn:drawbridge:problem:" + type + "\"")
                .doesNotContain("title");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "GET, /unfurl",
        "GET, /api/unfurl",
        "POST, /bookmarks/unfurl",
        "POST, /api/bookmarks/unfurl",
    })
    @DisplayName("are given where each of tldraw's templates asks for them")
    void routes(String method, String path) throws Exception {
        HttpResponse<String> response = ask(
                method,
                path + "?url=" + URLEncoder.encode(web("/page?a=1&b=ä"), StandardCharsets.UTF_8),
                "Origin",
                "https://app.example");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo("{\"title\":\"Title\",\"description\":\"Grüße\",\"image\":\"" + web("/i.png")
                        + "\",\"favicon\":\"" + web("/icon.svg") + "\",\"imageWidth\":640,\"imageHeight\":480}");
        assertThat(header(response, "Content-Type")).isEqualTo("application/json");
        assertThat(header(response, "Cache-Control")).isEqualTo("private, max-age=600");
        assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(response.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
    }

    @Test
    @DisplayName("have empty texts for what a page does not tell, and of an image its name")
    void little() throws Exception {
        assertThat(preview(web("/plain")).body())
                .isEqualTo("{\"title\":\"Plain\",\"description\":\"\",\"image\":\"\",\"favicon\":\""
                        + web("/favicon.ico") + "\"}");
        assertThat(preview(web("/i.png")).body())
                .isEqualTo("{\"title\":\"i.png\",\"description\":\"\",\"image\":\"" + web("/i.png")
                        + "\",\"favicon\":\"\"}");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "?url=",
                "?url=example.com",
                "?url=ftp://example.com",
                "?url=javascript:alert(1)",
                "?url=file:///etc/passwd",
                "?url=http://user:pw@127.0.0.1/",
                "?url=http://",
                "?url=%FF%",
                "?url=https://example.com&room=a%20b"
            })
    @DisplayName("need a URL on the web")
    void badQuestions(String query) throws Exception {
        assertProblem(ask("POST", "/bookmarks/unfurl" + query.replace("%FF%", "%FF%25")), 400, "invalid-request");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "http://127.0.0.2:INSIDE/",
                "http://0x7f.2:INSIDE/",
                "http://[::ffff:127.0.0.2]:INSIDE/",
                "http://2130706434:INSIDE/",
                "http://127.0.0.1:WEB/inside",
                "http://localhost:WEB/plain",
                "http://127.0.0.1:22/",
                "http://169.254.169.254/latest/meta-data/",
                "http://127.0.0.1:WEB/missing"
            })
    @DisplayName("are not there for what is private, missing or denied, and all of that is answered alike")
    void refused(String url) throws Exception {
        assertProblem(
                preview(url.replace("INSIDE", "" + INSIDE.port()).replace("WEB", "" + WEB.port())), 422, "no-preview");
        assertThat(INSIDE.connections).hasValue(0);
    }

    @Test
    @DisplayName("are asked for by one method each")
    void methods() throws Exception {
        assertThat(ask("POST", "/unfurl?url=" + web("/plain")).statusCode()).isEqualTo(405);
        assertThat(ask("GET", "/bookmarks/unfurl?url=" + web("/plain")).statusCode())
                .isEqualTo(405);
    }

    @Test
    @DisplayName("may be asked for by other pages, which browsers ask beforehand")
    void preflight() throws Exception {
        HttpResponse<String> post = preflight("/bookmarks/unfurl", "POST");
        assertThat(post.statusCode()).isEqualTo(200);
        assertThat(header(post, "Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(header(post, "Access-Control-Allow-Methods")).isEqualTo("POST");
        assertThat(header(post, "Access-Control-Allow-Headers")).isEqualTo("authorization");
        assertThat(preflight("/api/unfurl", "GET").statusCode()).isEqualTo(200);
        assertThat(preflight("/api/unfurl", "DELETE").statusCode()).isEqualTo(403);
    }

    private HttpResponse<String> preflight(String path, String method) throws IOException, InterruptedException {
        return ask(
                "OPTIONS",
                path,
                "Origin",
                "https://app.example",
                "Access-Control-Request-Method",
                method,
                "Access-Control-Request-Headers",
                "authorization");
    }

    @Test
    @DisplayName("are given to an address so often in a minute")
    void rate() throws IOException {
        int given = 0;
        String answer = asOther();
        while (answer.startsWith("HTTP/1.1 400") && given < 200) {
            given++;
            answer = asOther();
        }
        assertThat(given).isBetween(100, 110);
        assertThat(answer).startsWith("HTTP/1.1 429").contains("Retry-After: 1\r\n");
    }

    /** From another address of this machine. */
    private String asOther() throws IOException {
        try (Socket socket =
                new Socket(InetAddress.ofLiteral("127.0.0.1"), port, InetAddress.ofLiteral("127.0.0.9"), 0)) {
            socket.getOutputStream()
                    .write("GET /unfurl HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    @DisplayName("leave no trace of what was asked for in the log")
    void quiet(CapturedOutput log) throws Exception {
        var _ = preview(web("/what-nobody-shall-know"));
        var _ = preview("http://what-nobody-shall-know.invalid/");
        assertThat(log.getAll()).doesNotContain("what-nobody-shall-know");
    }

    @Test
    @DisplayName("are counted")
    void counted() throws Exception {
        double before = Scrape.of(port).value("drawbridge_links_fetched_total{outcome=\"refused\"}");
        var _ = preview("http://127.0.0.2:" + INSIDE.port() + "/counted");
        var _ = preview("http://127.0.0.2:" + INSIDE.port() + "/counted");
        Scrape after = Scrape.of(port);
        assertThat(after.value("drawbridge_links_fetched_total{outcome=\"refused\"}") - before)
                .isEqualTo(1);
        assertThat(after.value("drawbridge_links_shared_total")).isPositive();
    }
}
