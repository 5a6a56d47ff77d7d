package dev.drawbridge.web.mcp;

import static dev.drawbridge.security.Tokens.SECRET;
import static dev.drawbridge.security.Tokens.claims;
import static dev.drawbridge.security.Tokens.signed;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.drawbridge.DrawbridgeApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Who may do what, by each of the ways in which it is decided who may enter a room. */
@DisplayName("Agents may do what the people they work for may do")
class McpAccessIT {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
    private static final String A = "{\"board\":\"team-a\"}";
    private static final String B = "{\"board\":\"secret-b\"}";

    @TempDir
    Path folder;

    private @Nullable ConfigurableApplicationContext running;
    private @Nullable HttpServer webhook;

    private void start(String... settings) {
        running = new SpringApplicationBuilder(DrawbridgeApplication.class)
                .bannerMode(Banner.Mode.OFF)
                .run(Stream.concat(
                                Stream.of(
                                        "server.port=0",
                                        "server.address=127.0.0.1",
                                        "drawbridge.admin.token=" + TOKEN,
                                        "drawbridge.store.sqlite.path=" + folder.resolve("rooms.db"),
                                        "drawbridge.assets.directory=" + folder.resolve("assets")),
                                Stream.of(settings))
                        .map(setting -> "--" + setting)
                        .toArray(String[]::new));
    }

    private void startWithTokens(String... settings) {
        start(Stream.concat(
                        Stream.of(
                                "drawbridge.mcp.enabled=true",
                                "drawbridge.access.mode=jwt",
                                "drawbridge.access.jwt.secret=" + SECRET,
                                "drawbridge.access.jwt.cookie=board"),
                        Stream.of(settings))
                .toArray(String[]::new));
        boards();
    }

    private void boards() {
        agent(TOKEN).call("create_board", A).said();
        agent(TOKEN).call("create_board", B).said();
    }

    @AfterEach
    void stop() {
        Objects.requireNonNull(running).close();
        if (webhook != null) {
            webhook.stop(0);
        }
    }

    private int port() {
        return Objects.requireNonNull(running).getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private McpClient agent(String token) {
        return new McpClient(port(), Optional.of(token));
    }

    private McpClient nobody() {
        return new McpClient(port(), Optional.empty());
    }

    private static String token(Object rooms, String permission, @Nullable String history) {
        return signed(
                claims().claim("rooms", rooms).claim("permission", permission).claim("history", history));
    }

    @Test
    @DisplayName("not at all, where the door is not switched on: the path is as any that is not there")
    void off() {
        start();
        for (String path : List.of("/mcp", "/nothing-of-the-kind")) {
            for (String method : List.of("GET", "POST", "DELETE")) {
                McpClient.Answer answer = nobody().send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                                        .method(method, BodyPublishers.noBody()));
                answer.hasStatus(404);
            }
            nobody().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(PING)))
                    .hasStatus(413);
        }
        assertThat(Objects.requireNonNull(running).getBeanNamesForType(McpSdk.class))
                .isEmpty();
        assertThat(Objects.requireNonNull(running).getBeanNamesForType(Tool.class))
                .isEmpty();
    }

    @Test
    @DisplayName(
            "with tokens: in the rooms that theirs is for, what it says; the same reason as a person is shown otherwise")
    void tokens() {
        startWithTokens();
        McpClient viewer = agent(token("team-*", "view", null)).initialize("Claude");
        assertThat(viewer.call("read_records", A).said()).contains("page:page");
        assertThat(viewer.call("read_records", B).failed()).startsWith("Refused: FORBIDDEN");
        assertThat(viewer.call("list_versions", A).failed()).startsWith("Refused: FORBIDDEN");
        assertThat(viewer.call("create_board", "{}").failed()).contains("admin token");

        McpClient reader = agent(token("team-a", "view", "read"));
        assertThat(reader.call("list_versions", A).said()).isEqualTo("The board has no versions.");
        assertThat(reader.call("make_version", A).failed()).startsWith("Refused: FORBIDDEN");
        assertThat(agent(token("team-a", "view", "restore"))
                        .call("make_version", A)
                        .failed())
                .startsWith("Refused: FORBIDDEN"); // it is for those who may edit

        McpClient editor = agent(token(List.of("team-a", "other"), "edit", "restore"));
        assertThat(editor.call("make_version", A).said()).startsWith("Made: ");
        assertThat(agent(TOKEN).call("read_records", B).said()).contains("page:page");
    }

    @Test
    @DisplayName("with tokens: lists the boards that the token names, by id or by pattern, and no others")
    void listing() {
        startWithTokens();
        assertThat(agent(token("team-*", "view", null))
                        .call("list_boards", "{}")
                        .said())
                .startsWith("team-a  ")
                .doesNotContain("secret");
        assertThat(agent(token(List.of("team-a", "zoo", "a/b"), "view", null))
                        .call("list_boards", "{}")
                        .said()
                        .lines())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("team-a  2 records"),
                        second -> assertThat(second).startsWith("zoo  empty"));
        String page = agent(token(List.of("team-a", "zoo"), "view", null))
                .call("list_boards", "{\"limit\":1}")
                .said();
        assertThat(page).startsWith("team-a").contains("cursor=").doesNotContain("zoo");
        assertThat(agent(token("*", "view", null))
                        .call("list_boards", "{\"contains\":\"secret\"}")
                        .said())
                .startsWith("secret-b");
        assertThat(agent(token("nothing-*", "view", null))
                        .call("list_boards", "{}")
                        .said())
                .isEqualTo("There are no such boards.");
        assertThat(agent(TOKEN).call("list_boards", "{}").said()).contains("team-a", "secret-b");
    }

    @Test
    @DisplayName("with tokens: nobody comes in without one, and a cookie or a query speaks for nobody")
    void withoutToken() {
        startWithTokens();
        McpClient.Answer none = nobody().post(PING);
        assertThat(none.error(401, -32001)).contains("Authorization: Bearer");
        assertThat(none.header("WWW-Authenticate")).isEqualTo("Bearer");
        String good = token("*", "edit", null);
        nobody().send(nobody().request().header("Cookie", "board=" + good).POST(BodyPublishers.ofString(PING)))
                .error(401, -32001);
        nobody().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/mcp?token=" + good))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(PING)))
                .error(401, -32001);
        assertThat(agent(token("*", "fly", null)).post(PING).error(403, -32001)).contains("FORBIDDEN");
        String over = signed(claims().expirationTime(Date.from(Instant.now().minusSeconds(3_600))));
        agent(over).post(PING).error(401, -32001);
    }

    @Test
    @DisplayName(
            "with tokens: who tries one after another has to wait; whose token is good does not, nor the admin API")
    void guessing() {
        startWithTokens();
        String user = token("team-a", "view", null);
        for (int i = 0; i < 8; i++) {
            agent("guess-" + i).post(PING);
        }
        McpClient.Answer early = agent(TOKEN).post(PING);
        early.error(429, -32001);
        assertThat(Integer.parseInt(early.header("Retry-After"))).isPositive();
        agent(user).post(PING).hasStatus(200);
        agent(TOKEN)
                .send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/admin/v1/rooms"))
                        .header("Authorization", "Bearer " + TOKEN))
                .hasStatus(200);
    }

    @Test
    @DisplayName("without an admin API there are no operators: its token is nobody's")
    void noOperators() {
        start("drawbridge.mcp.enabled=true", "drawbridge.admin.enabled=false");
        agent(TOKEN).post(PING).error(401, -32001);
        assertThat(nobody().call("create_board", "{}").failed()).contains("admin token");
    }

    @Test
    @DisplayName("where everybody is let in: an address may not send messages as often as it likes; operators may")
    void rate() {
        start("drawbridge.mcp.enabled=true", "drawbridge.mcp.rate=3");
        for (int i = 0; i < 3; i++) {
            nobody().post(PING).hasStatus(200);
        }
        McpClient.Answer tooOften = nobody().post(PING);
        assertThat(tooOften.error(429, -32001)).contains("Not so often");
        assertThat(tooOften.header("Retry-After")).isNotBlank();
        agent(TOKEN).post(PING).hasStatus(200);
    }

    @Test
    @DisplayName(
            "with a service of the team's: it is asked for each board, with the token, and its words are passed on")
    void service() throws IOException {
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            String question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean isGood = question.contains("Bearer good") && question.contains("team-a");
            byte[] answer = (isGood
                            ? "{\"allow\":true,\"permission\":\"view\"}"
                            : "{\"allow\":false,\"reason\":\"Your trial has ended\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        service.start();
        webhook = service;
        start(
                "drawbridge.mcp.enabled=true",
                "drawbridge.access.mode=webhook",
                "drawbridge.access.webhook.headers=Authorization",
                "drawbridge.access.webhook.url=http://127.0.0.1:"
                        + service.getAddress().getPort() + "/");
        boards();
        McpClient good = agent("good").initialize("Claude");
        assertThat(good.call("read_records", A).said()).contains("page:page");
        assertThat(good.call("read_records", B).failed()).isEqualTo("Refused: Your trial has ended");
        assertThat(good.call("list_boards", "{}").failed()).contains("Name the board");
        assertThat(nobody().call("read_records", A).failed()).isEqualTo("Refused: Your trial has ended");
        for (int i = 0; i < 8; i++) { // neither answer is good for guessing the admin token
            agent("guess-" + i).call("list_boards", "{}").failed();
        }
        assertThat(agent(TOKEN).call("list_boards", "{}").failed()).contains("Name the board");
        assertThat(good.call("read_records", A).said()).contains("page:page");
    }

    @Test
    @DisplayName("with a service of the team's that does not answer: nobody may, for now")
    void noService() {
        start(
                "drawbridge.mcp.enabled=true",
                "drawbridge.access.mode=webhook",
                "drawbridge.access.webhook.url=http://127.0.0.1:1/");
        assertThat(agent("good").call("read_records", A).failed()).contains("cannot be told now", "try again");
    }
}
