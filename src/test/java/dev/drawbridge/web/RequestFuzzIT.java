package dev.drawbridge.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

/** Requests as no client of ours would make them, byte by byte. */
@DisplayName("[issue 10, C18] Whatever comes over HTTP is answered, or the connection closed")
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "drawbridge.admin.token=" + AdminClient.TOKEN,
            "drawbridge.mcp.enabled=true",
            "drawbridge.admin.max-body-size=1MB"
        })
class RequestFuzzIT {
    private static final int REQUESTS = 400;
    private static final String MARK = "INJECTED";

    /** {@code ?} stands for something random. */
    private static final List<String> PATHS = List.of(
            "/",
            "/r/?",
            "/whiteboard.json",
            "/console",
            "/console/boards/?",
            "/console/?",
            "/connect/?",
            "/connect",
            "/error",
            "/favicon.ico",
            "/actuator/health",
            "/actuator/health/?",
            "/actuator/prometheus",
            "/actuator/info",
            "/actuator/?",
            "/v3/api-docs",
            "/v3/api-docs/?",
            "/swagger-ui",
            "/swagger-ui/index.html",
            "/swagger-ui/?",
            "/mcp",
            "/mcp/?",
            "/admin",
            "/admin/v1",
            "/admin/v1/rooms",
            "/admin/v1/rooms/?",
            "/admin/v1/rooms/?/snapshot",
            "/admin/v1/rooms/?/duplicate",
            "/admin/v1/rooms/?/unload",
            "/admin/v1/rooms/?/records",
            "/admin/v1/rooms/?/records/?",
            "/admin/v1/rooms/?/sessions",
            "/admin/v1/rooms/?/sessions/?",
            "/admin/v1/rooms/?/messages",
            "/admin/v1/nodes",
            "/admin/v1/stats",
            "/admin/v1/?",
            "/?");

    private static final List<String> METHODS = List.of(
            "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get", "PRI", "Ü", "G\tT");

    private static final List<String> PARAMETERS = List.of(
            "query",
            "state",
            "limit",
            "cursor",
            "typeName",
            "download",
            "reason",
            "sessionId",
            "token",
            "access_token",
            "_method",
            "format",
            "group",
            "includedNames",
            "name[]");

    private static final List<String> HEADERS = List.of(
            "Accept",
            "Accept-Encoding",
            "Accept-Language",
            "Authorization",
            "Content-Type",
            "Content-Encoding",
            "Content-Length",
            "Content-Disposition",
            "Transfer-Encoding",
            "Expect",
            "Cookie",
            "If-Match",
            "If-None-Match",
            "If-Modified-Since",
            "Range",
            "Host",
            "Forwarded",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Proto",
            "X-Forwarded-Prefix",
            "X-HTTP-Method-Override",
            "Upgrade",
            "Connection",
            "Sec-WebSocket-Key",
            "Sec-WebSocket-Version",
            "Sec-WebSocket-Extensions",
            "Sec-WebSocket-Protocol",
            "traceparent",
            "baggage",
            "Access-Control-Request-Method",
            "Bad Name",
            "");

    private static final List<String> VALUES = List.of(
            "",
            "x",
            "0",
            "-1",
            "99999999999999999999",
            "*",
            "*/*;q=2",
            "application/json",
            "application/json;charset=nonsense",
            "application/json;charset=\"",
            "multipart/form-data",
            "multipart/form-data; boundary=x",
            "application/x-www-form-urlencoded",
            "image/png",
            "text/html",
            "gzip",
            "chunked",
            "chunked, chunked",
            "100-continue",
            "websocket",
            "Upgrade",
            "13",
            "Bearer ",
            "Bearer a b",
            "Basic eA==",
            "W/\"1\"",
            "\"1\", \"",
            "bytes=9-1",
            "bytes=" + "0-0,".repeat(50),
            "Thu, 99 Nov 2026",
            "a=b; $Version=1; __Host-x=\"",
            "for=\"[::1",
            "http",
            "::::",
            "[::1",
            "a_b:99999",
            "permessage-deflate; server_max_window_bits=99",
            "00-xyz-1-1",
            "../../etc/passwd",
            "%00",
            "%0d%0a" + MARK,
            "\n" + MARK,
            "\r\n " + MARK,
            "\u0001",
            "\u007f",
            "é",
            "\u00ed\u00a0\u0080",
            "%ED%A0%80",
            "%",
            "%zz",
            "%C0%AF",
            "%2e%2e%2f",
            "%252e",
            "..;/..;/",
            "a;b=c",
            "a//b",
            "a\\b",
            "a|b",
            "{x}",
            "${jndi:x}",
            "<script>",
            "a b",
            "c2hhcGU6YQ",
            "shape:box",
            "y".repeat(300),
            "z".repeat(9_000));

    private static final List<String> BODIES = List.of(
            "",
            "{}",
            "[]",
            "null",
            "{\"id\":\"" + MARK + "\\n" + MARK + "\"}",
            "{\"id\":\"ok\",\"snapshot\":{\"documents\":[]}}",
            "{\"snapshot\":{\"store\":{\"\\ud800\":{\"id\":\"\\ud800\"}}}}",
            "{\"snapshot\":{\"documents\":[{\"state\":{\"id\":\"x\",\"typeName\":\"\\n" + MARK + "\"}}]}}",
            "{\"puts\":[{\"id\":\"\\n" + MARK + "\",\"typeName\":\"shape\"}],\"deletes\":[\"\\ud800\"]}",
            "{\"ifClock\":1e400}",
            "{\"\\n" + MARK + "\":1}",
            "{\"data\":\"\\ud800\"}",
            "{\"readonly\":true}",
            "[".repeat(600),
            "\u00ef\u00bb\u00bf{}",
            "\u00ff\u00fe",
            "5\r\n{}   \r\n0\r\n\r\n",
            "ffffffffffffffff\r\n",
            "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--x--\r\n",
            "a=%ED%A0%80&b=%");

    @TempDir
    static Path folder;

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void store(DynamicPropertyRegistry properties) {
        properties.add("drawbridge.store.sqlite.path", () -> folder.resolve("rooms.db"));
    }

    private record Answer(int status, String head, String body) {
        private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([1-5][0-9][0-9]) .*", Pattern.DOTALL);

        /** Nothing at all counts as 0: the connection was closed. */
        static Answer of(String text) {
            int end = text.indexOf("\r\n\r\n");
            Matcher status = STATUS.matcher(text);
            return status.matches() && end > 0
                    ? new Answer(Integer.parseInt(status.group(1)), text.substring(0, end), text.substring(end + 4))
                    : new Answer(0, "", text);
        }

        /** As the door for agents has them. */
        boolean isErrorOfJsonRpc() {
            return body.startsWith("{\"jsonrpc\":\"2.0\",") && body.contains("\"error\":{\"code\":-32");
        }

        boolean isProblem() {
            return head.toLowerCase(Locale.ROOT).contains("content-type: application/problem+json");
        }
    }

    private Answer ask(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(15_000);
            try {
                socket.getOutputStream().write(request.getBytes(ISO_8859_1));
                socket.shutdownOutput();
            } catch (IOException e) {
                // it has been answered already
            }
            return Answer.of(everything(socket.getInputStream()));
        }
    }

    private static String everything(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] some = new byte[8192];
        try {
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                all.write(some, 0, read);
            }
        } catch (java.net.SocketException e) {
            // reset: what came before counts
        }
        return all.toString(UTF_8);
    }

    /** One random request. */
    private static final class Request {
        private final Random random;

        Request(Random random) {
            this.random = random;
        }

        private <T> T any(List<T> items) {
            return items.get(random.nextInt(items.size()));
        }

        private boolean seldom() {
            return random.nextInt(8) == 0;
        }

        private String value() {
            return seldom() ? any(VALUES) + any(VALUES) : any(VALUES);
        }

        String text() {
            StringBuilder path = new StringBuilder();
            for (char c : any(PATHS).toCharArray()) {
                path.append(c == '?' ? (random.nextBoolean() ? "room" : value()) : String.valueOf(c));
            }
            if (seldom()) {
                path.insert(random.nextInt(path.length() + 1), value());
            }
            List<String> query = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                query.add(any(PARAMETERS) + (seldom() ? "" : "=" + value()));
            }
            String method = random.nextInt(3) == 0 ? any(METHODS) : any(METHODS.subList(0, 6));
            String body = any(BODIES);
            StringBuilder text = new StringBuilder(method + ' ' + path
                    + (query.isEmpty() ? "" : "?" + String.join("&", query))
                    + (seldom() ? value() : " HTTP/1.1") + "\r\n");
            if (!seldom()) {
                text.append("Host: localhost\r\n");
            }
            if (!seldom()) {
                text.append("Authorization: Bearer " + AdminClient.TOKEN + "\r\n");
            }
            if (!seldom()) {
                text.append("Content-Type: application/json\r\n");
            }
            if (!seldom()) {
                text.append("Content-Length: " + body.length() + "\r\n");
            }
            for (int i = random.nextInt(4); i > 0; i--) {
                text.append(any(HEADERS) + ": " + value() + "\r\n");
            }
            return text.append("Connection: close\r\n\r\n" + body).toString();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    @DisplayName("never with 500, never with anything of our inside, and never with a line in the log that is not ours")
    void fuzz(long seed, CapturedOutput log) throws IOException {
        Random random = new Random(seed);
        for (int i = 0; i < REQUESTS; i++) {
            String request = new Request(random).text();
            Answer answer = ask(request);
            String what = "seed " + seed + ", request " + i + ":\n" + request + "\n---\n" + answer;
            assertThat(answer.status()).as(what).isNotIn(500, 502, 504);
            assertThat(answer.status() < 400 ? "" : answer.body())
                    .as(what)
                    .doesNotContain("\tat ", "java.lang", "org.apache", "springframework", "dev.drawbridge.");
            if (answer.status() >= 400 && !answer.body().isEmpty() && !request.contains("/connect")) {
                assertThat(answer.isProblem() || answer.isErrorOfJsonRpc())
                        .as(what)
                        .isTrue();
            }
        }
        assertThat(log.toString().lines())
                .noneMatch(line -> line.startsWith(MARK) || line.startsWith(" " + MARK))
                .noneMatch(line -> line.contains(" ERROR "));
    }

    @ParameterizedTest(name = "{0} {1}: {3}")
    @CsvSource({
        "POST, /admin/v1/rooms, multipart/form-data, 415",
        "POST, /admin/v1/rooms, multipart/form-data; boundary=x, 415",
        "GET, /error, , 404",
        "POST, /error, application/json, 404",
        "GET, /admin/v1/rooms?query=%ED%A0%80, , 400",
        "GET, /admin/v1/rooms?query=%, , 400",
        "GET, /admin/v1/rooms/x/snapshot?download=%ED%A0%80, , 400",
        "GET, /admin/v1/rooms/x/snapshot?%ED%A0%80, , 400",
        "GET, /r/x?a=%ED%A0%80, , 400",
        "GET, /admin/v1/rooms?query=%F0%9F%98%80, , 200"
    })
    @DisplayName("with what is wrong with it")
    void known(String method, String target, String type, int status) throws IOException {
        String body = target.startsWith("/admin/") ? "{}" : ""; // elsewhere a body is what is wrong with it
        Answer answer = ask(method + ' ' + target + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + AdminClient.TOKEN + "\r\n" + (type == null ? "" : "Content-Type: " + type + "\r\n")
                + "Content-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.isProblem()).isEqualTo(status >= 400);
    }

    @Test
    @DisplayName("and while bodies do not come others are served, and these are answered with 408")
    void bodiesThatNeverCome() throws IOException {
        List<Socket> waiting = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                waiting.add(socket);
                socket.getOutputStream()
                        .write(("POST /admin/v1/rooms HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                        + AdminClient.TOKEN
                                        + "\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n")
                                .getBytes(ISO_8859_1));
            }
            assertThat(ask("GET /actuator/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .status())
                    .isEqualTo(200);
            Socket last = waiting.getLast();
            last.setSoTimeout(60_000);
            assertThat(Answer.of(everything(last.getInputStream())).status()).isEqualTo(408);
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }
}
