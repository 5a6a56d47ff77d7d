package dev.drawbridge.web.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.host.NodeMemory;
import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What comes to the door for agents, as it should and as it should not, where everybody is let in. */
@DisplayName("The door for agents")
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "drawbridge.admin.token=" + McpDoorIT.TOKEN,
            "drawbridge.mcp.enabled=true",
            "drawbridge.mcp.max-body-size=64KB",
            "drawbridge.mcp.max-result=2000",
            "drawbridge.mcp.rate=100000",
            "drawbridge.websocket.allowed-origins=https://boards.example.com",
        })
class McpDoorIT {
    static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

    @TempDir
    static Path folder;

    @LocalServerPort
    int port;

    @Autowired
    NodeMemory memory;

    @Autowired
    MeterRegistry metrics;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry properties) {
        properties.add("drawbridge.store.sqlite.path", () -> folder.resolve("rooms.db"));
        properties.add("drawbridge.assets.directory", () -> folder.resolve("assets"));
    }

    private McpClient anybody() {
        return new McpClient(port, Optional.empty());
    }

    private McpClient operator() {
        return new McpClient(port, Optional.of(TOKEN));
    }

    private static String newBoard(McpClient operator) {
        String id = "b-" + UUID.randomUUID();
        assertThat(operator.call("create_board", "{\"board\":\"" + id + "\"}").said())
                .contains("/r/" + id);
        return id;
    }

    private static String initialize(String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"initialize\",\"params\":" + params + "}";
    }

    // ---- the protocol

    @Test
    @DisplayName("says hello, with a session that is the agent's from then on")
    void hello() {
        McpClient.Answer answer = anybody()
                .post(initialize("{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"roots\":{}},"
                        + "\"clientInfo\":{\"name\":\"claude-code\",\"title\":\"Claude Code\",\"version\":\"2\"}}"));
        JsonObject result = answer.result();
        assertThat(result.string("protocolVersion")).isEqualTo("2025-11-25");
        assertThat(((JsonObject) Objects.requireNonNull(result.get("serverInfo"))).string("name"))
                .isEqualTo("Drawbridge");
        assertThat(result.string("instructions")).contains("top left corner");
        assertThat(answer.json().get("id")).isEqualTo(JsonString.of("a"));
        assertThat(AgentSession.of(answer.header("Mcp-Session-Id"))
                        .orElseThrow()
                        .client())
                .isEqualTo("Claude Code");
    }

    @ParameterizedTest
    @CsvSource({
        "2024-11-05,2025-11-25",
        "2031-01-01,2025-11-25",
        "nonsense,2025-11-25",
        "2025-03-26,2025-03-26",
        "2025-06-18,2025-06-18"
    })
    @DisplayName("answers hello in a version of the protocol that it speaks")
    void versions(String wanted, String given) {
        assertThat(anybody()
                        .post(initialize("{\"protocolVersion\":\"" + wanted + "\"}"))
                        .result()
                        .string("protocolVersion"))
                .isEqualTo(given);
    }

    @Test
    @DisplayName("lists tools that say what they take, each with a schema")
    void tools() {
        JsonObject result = anybody()
                .post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{\"cursor\":\"x\"}}")
                .result();
        List<JsonObject> tools = McpClient.objects(result, "tools");
        assertThat(tools.stream().map(tool -> tool.string("name")).toList())
                .contains(
                        "create_board",
                        "list_boards",
                        "list_versions",
                        "make_version",
                        "read_records",
                        "restore_version",
                        "who_is_here");
        assertThat(tools).allSatisfy(tool -> {
            assertThat(tool.string("description")).hasSizeBetween(20, 2_000);
            JsonObject schema = (JsonObject) Objects.requireNonNull(tool.get("inputSchema"));
            assertThat(schema.string("type")).isEqualTo("object");
            assertThat(schema.get("additionalProperties")).isEqualTo(JsonBoolean.FALSE);
            ((JsonObject) Objects.requireNonNull(schema.get("properties")))
                    .entries()
                    .forEach(each -> assertThat(((JsonObject) each.getValue()).string("description"))
                            .as(tool.string("name") + "." + each.getKey())
                            .isNotBlank());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-3", "1e3", "\"\"", "\"x\\u0000y\"", "9007199254740991"})
    @DisplayName("answers with the id that came, whatever it is")
    void ids(String id) {
        JsonObject answer = anybody()
                .post("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"ping\"}")
                .hasStatus(200)
                .json();
        assertThat(answer.get("id")).isEqualTo(McpClient.parsed(id));
        assertThat(answer.get("result")).isEqualTo(JsonObject.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"forged\\nline\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":1,\"message\":\"no\"}}",
            })
    @DisplayName("takes what wants no answer, and says nothing to it")
    void notifications(String message, CapturedOutput output) {
        McpClient.Answer answer = anybody().post(message).hasStatus(202);
        assertThat(answer.response().body()).isEmpty();
        assertThat(output).doesNotContain("forged");
    }

    // ---- what is wrong with a message

    static Stream<String> malformed() {
        return Stream.of(
                "-32700 ",
                "-32700 {",
                "-32700 nonsense",
                "-32700 {}{}",
                "-32700 " + "[".repeat(20_000),
                "-32700 " + "{\"a\":".repeat(5_000),
                "-32600 []",
                "-32600 [" + PING + "]",
                "-32600 null",
                "-32600 \"ping\"",
                "-32600 {}",
                "-32600 {\"id\":1,\"method\":\"ping\"}",
                "-32600 {\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}",
                "-32600 {\"jsonrpc\":2.0,\"id\":1,\"method\":\"ping\"}",
                "-32600 {\"jsonrpc\":\"2.0\",\"id\":1}",
                "-32600 {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}",
                "-32600 {\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}",
                "-32600 {\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}",
                "-32600 {\"jsonrpc\":\"2.0\",\"id\":0.5,\"method\":\"ping\"}",
                "-32600 {\"jsonrpc\":\"2.0\",\"id\":1e999,\"method\":\"ping\"}",
                "-32602 {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[1]}",
                "-32602 {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":null}");
    }

    @ParameterizedTest
    @MethodSource
    @DisplayName("tells what is wrong with what is no message")
    void malformed(String codeAndBody) {
        int space = codeAndBody.indexOf(' ');
        assertThat(anybody()
                        .post(codeAndBody.substring(space + 1))
                        .error(400, Integer.parseInt(codeAndBody.substring(0, space))))
                .isNotBlank();
    }

    @Test
    @DisplayName("takes no bytes that are not UTF-8, and a byte order mark for nothing")
    void bytes() {
        byte[] latin = "{\"jsonrpc\":\"2.0\",\"id\":\"ü\",\"method\":\"ping\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(anybody()
                        .send(anybody().request().POST(BodyPublishers.ofByteArray(latin)))
                        .error(400, -32700))
                .contains("UTF-8");
        anybody().post("\ufeff" + PING).hasStatus(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"nothing\"",
                "\"resources/list\"",
                "\"completion/complete\"",
                "\"\"",
                "\"tools/call\\u0000\"",
                "\"TOOLS/LIST\""
            })
    @DisplayName("has no other methods than it says")
    void methods(String method) {
        assertThat(anybody()
                        .post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":" + method + "}")
                        .error(200, -32601))
                .contains("method");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\":7}",
                "{\"name\":\"nothing\"}",
                "{\"name\":\"list_boards\",\"arguments\":[]}",
                "{\"name\":\"list_boards\",\"arguments\":\"{}\"}"
            })
    @DisplayName("calls no tool that is not there, or with what are no arguments")
    void noTool(String params) {
        assertThat(anybody()
                        .post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":" + params + "}")
                        .error(200, -32602))
                .containsAnyOf("list_boards", "arguments");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"protocolVersion\":7}", "{\"protocolVersion\":null}"})
    @DisplayName("says no hello to who names no version")
    void noVersion(String params) {
        assertThat(anybody().post(initialize(params)).error(200, -32602)).contains("protocolVersion", "2025-11-25");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "{}", "{\"name\":7}", "{\"name\":\"\\n\\u202e\\ud800\"}", "null"})
    @DisplayName("calls a program that says nothing of itself an agent")
    void nameless(String info) {
        McpClient.Answer answer =
                anybody().post(initialize("{\"protocolVersion\":\"2025-06-18\",\"clientInfo\":" + info + "}"));
        answer.hasStatus(200);
        assertThat(AgentSession.of(answer.header("Mcp-Session-Id"))
                        .orElseThrow()
                        .client())
                .isEqualTo("Agent");
    }

    // ---- what is wrong with a request

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "PATCH"})
    @DisplayName("takes messages by POST, and has no streams")
    void notAllowed(String method) {
        McpClient.Answer answer = anybody()
                .send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/mcp"))
                        .header("Accept", "text/event-stream")
                        .method(method, BodyPublishers.noBody()))
                .hasStatus(405);
        assertThat(answer.header("Allow")).isEqualTo("POST, DELETE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Type|text/plain|415",
                "Content-Type|application/json;charset=iso-8859-1|415",
                "Content-Type|application/json;charset=nonsense|415",
                "Content-Type|nonsense|415",
                "Content-Type|application/json;charset=UTF-8|200",
                "Content-Encoding|gzip|415",
                "Content-Encoding|identity|200",
                "Accept|text/html|406",
                "Accept|text/event-stream|406",
                "Accept|nonsense|406",
                "Accept|*/*|200",
                "Accept|application/*;q=0.1|200",
                "MCP-Protocol-Version|2024-11-05|400",
                "MCP-Protocol-Version|nonsense|400",
                "MCP-Protocol-Version|2025-11-25|200",
                "Mcp-Session-Id|nonsense|404",
                "Mcp-Session-Id|AAAAAAAAAAAAAAAAAAAAAA.!|404",
                "Mcp-Session-Id|AAAAAAAAAAAAAAAAAAAAAA.gICA|404",
                "Mcp-Session-Id|AAAAAAAAAAAAAAAAAAAAAA.QQ|200",
                "Origin|https://evil.example.com|403",
                "Origin|null|403",
                "Origin|https://boards.example.com|200",
                "Last-Event-ID|7|200",
            })
    @DisplayName("looks at each header")
    void headers(String name, String value, int status) {
        McpClient.Answer answer = anybody()
                .send(anybody().request().setHeader(name, value).POST(BodyPublishers.ofString(PING)))
                .hasStatus(status);
        assertThat(answer.response().body()).doesNotContain("Exception", "java.");
    }

    @Test
    @DisplayName("does not need the headers that clients may leave out")
    void bare() {
        anybody()
                .send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/mcp"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(PING)))
                .hasStatus(200);
    }

    @Test
    @DisplayName("bounds what comes, with and without a length, and holds nothing of it then")
    void large() {
        String large = PING + " ".repeat(70_000);
        assertThat(anybody().post(large).error(413, -32600)).contains("65536 bytes");
        anybody()
                .send(anybody()
                        .request()
                        .POST(BodyPublishers.ofInputStream(
                                () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8)))))
                .hasStatus(413);
        anybody().post(PING + " ".repeat(60_000)).hasStatus(200);
        await().untilAsserted(() -> assertThat(memory.imports().held()).isZero());
    }

    @Test
    @DisplayName("ends a session by DELETE, and only one that there is")
    void end() {
        McpClient agent = anybody().initialize("Claude");
        McpClient.Answer answer = agent.send(agent.request().DELETE()).hasStatus(204);
        assertThat(answer.response().body()).isEmpty();
        anybody().send(anybody().request().DELETE()).error(400, -32600);
        anybody()
                .send(anybody().request().header("Mcp-Session-Id", "nonsense").DELETE())
                .error(404, -32600);
    }

    @Test
    @DisplayName("lets pages of named origins in, when their browser asks beforehand")
    void preflight() {
        McpClient.Answer answer = anybody()
                .send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/mcp"))
                        .header("Origin", "https://boards.example.com")
                        .header("Access-Control-Request-Method", "POST")
                        .header("Access-Control-Request-Headers", "authorization,content-type,mcp-session-id")
                        .method("OPTIONS", BodyPublishers.noBody()))
                .hasStatus(200);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://boards.example.com");
        assertThat(answer.header("Access-Control-Allow-Headers")).contains("mcp-session-id");
    }

    // ---- tools

    @Test
    @DisplayName("tells all that is wrong with arguments: each by its name, what it is, and what it should be")
    void arguments() {
        assertThat(anybody()
                        .call("read_records", "{\"limit\":900,\"ids\":[],\"typ\":\"shape\",\"cursor\":null}")
                        .failed())
                .contains(
                        "board: is missing",
                        "limit: is 900, expected a whole number from 1 to 200",
                        "ids: is an array, expected an array of 1 to 50 strings",
                        "typ: is unknown, expected one of board, ids, type, limit, cursor");
        assertThat(anybody().call("read_records", "{\"board\":\"a/b\"}").failed())
                .contains("board: is \"a/b\", expected the id of a board: 1 to 200 letters");
        assertThat(operator().call("list_boards", "{\"cursor\":\"!\"}").failed())
                .contains("cursor");
    }

    @Test
    @DisplayName("makes boards, lists them page by page, and reads what is on them")
    void boards() {
        McpClient operator = operator().initialize("Claude");
        String board = newBoard(operator);
        assertThat(operator.call("create_board", "{\"board\":\"" + board + "\"}")
                        .failed())
                .contains("There is a room " + board + " already");
        String other = newBoard(operator);
        String first = operator.call("list_boards", "{\"contains\":\"b-\",\"limit\":1}")
                .said();
        assertThat(first).contains("2 records, nobody there", "cursor=\"");
        String cursor = first.replaceAll("(?s).*cursor=\"([^\"]*)\".*", "$1");
        String second = operator.call("list_boards", "{\"contains\":\"b-\",\"cursor\":\"" + cursor + "\"}")
                .said();
        assertThat(first + second).contains(board, other);

        String records =
                anybody().call("read_records", "{\"board\":\"" + board + "\"}").said();
        assertThat(records.lines().map(McpClient::parsed).map(record -> ((JsonObject) record).string("typeName")))
                .containsExactlyInAnyOrder("document", "page");
        assertThat(anybody()
                        .call("read_records", "{\"board\":\"" + board + "\",\"type\":\"page\",\"limit\":1}")
                        .said())
                .contains("\"typeName\":\"page\"");
        assertThat(anybody()
                        .call("read_records", "{\"board\":\"" + board + "\",\"ids\":[\"page:page\",\"shape:x\\ny\"]}")
                        .said())
                .contains("\"page:page\"", "shape:x\\ny: there is no such record");
        assertThat(anybody().call("read_records", "{\"board\":\"no-such\"}").failed())
                .isEqualTo("There is no room no-such");
        assertThat(anybody()
                        .call("who_is_here", "{\"board\":\"" + board + "\"}")
                        .said())
                .isEqualTo("Nobody is there.");
        await().untilAsserted(() -> assertThat(memory.imports().held()).isZero());
    }

    @Test
    @DisplayName("answers with no more than it may, and says how to get the rest")
    void bounded() {
        McpClient operator = operator();
        for (int i = 0; i < 40; i++) {
            newBoard(operator);
        }
        String boards = operator.call("list_boards", "{\"contains\":\"b-\",\"limit\":200}")
                .said();
        assertThat(boards.length()).isBetween(1_500, 2_000);
        assertThat(boards).contains("cursor=\"");
    }

    @Test
    @DisplayName("makes versions and brings them back")
    void versions() {
        McpClient operator = operator().initialize("Claude");
        String board = newBoard(operator);
        String made = operator.call("make_version", "{\"board\":\"" + board + "\",\"name\":\"Before\"}")
                .said();
        assertThat(made).contains("api", "\"Before\"");
        String id = made.replaceAll("Made: (\\S+).*", "$1");
        assertThat(operator.call("list_versions", "{\"board\":\"" + board + "\"}")
                        .said())
                .startsWith(id);
        assertThat(operator.call("restore_version", "{\"board\":\"" + board + "\",\"version\":\"" + id + "\"}")
                        .said())
                .contains("To undo this, restore what was there before: version " + id);
        assertThat(operator.call("restore_version", "{\"board\":\"" + board + "\",\"version\":\"nonsense\"}")
                        .failed())
                .contains("has no version nonsense");
        assertThat(operator.call("make_version", "{\"board\":\"" + board + "\",\"name\":\"a\\u0007b\"}")
                        .failed())
                .contains("name: expected", "1 to 200 characters");
        await().untilAsserted(() -> assertThat(memory.imports().held()).isZero());
    }

    @Test
    @DisplayName("does for strangers what a person could do, and names the board's reason where not")
    void strangers() {
        String board = newBoard(operator());
        String named = "{\"board\":\"" + board + "\"}";
        assertThat(anybody().call("list_boards", "{}").failed()).contains("Name the board");
        assertThat(anybody().call("create_board", "{}").failed()).contains("needs the admin token");
        assertThat(anybody().call("list_versions", named).failed()).contains("FORBIDDEN");
        assertThat(anybody().call("make_version", named).failed()).contains("FORBIDDEN");
        assertThat(anybody().call("read_records", named).said()).contains("page:page");
    }

    @Test
    @DisplayName("counts calls by tool and outcome, and notes what changes something, with board and session")
    void noted(CapturedOutput output) {
        McpClient operator = operator().initialize("Forged\nname");
        double before = calls("create_board", "ok");
        String board = newBoard(operator);
        operator.call("create_board", "{\"board\":\"a/b\"}").failed();
        assertThat(calls("create_board", "ok") - before).isEqualTo(1);
        assertThat(calls("create_board", "invalid")).isPositive();
        assertThat(calls("restore_version", "failed")).isZero();
        String key = operator.session().substring(0, 22);
        assertThat(output.getOut().lines().filter(line -> line.contains("create_board: OK, by Forged name")))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("room=" + board, "session=" + key));
        assertThat(output).doesNotContain(TOKEN);
    }

    private double calls(String tool, String outcome) {
        return metrics.get("drawbridge.mcp.calls").tags("tool", tool, "outcome", outcome).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @Test
    @DisplayName("is noted in the audit when it is an operator's")
    void audit() {
        String board = newBoard(operator());
        McpClient.Answer audit = operator()
                .send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/admin/v1/audit"))
                        .header("Authorization", "Bearer " + TOKEN));
        assertThat(McpClient.objects(
                        (JsonObject) McpClient.parsed(audit.response().body()), "entries"))
                .anySatisfy(entry -> {
                    assertThat(entry.string("path")).isEqualTo("/mcp create_board");
                    assertThat(entry.string("room")).isEqualTo(board);
                    assertThat(entry.get("status")).isEqualTo(JsonNumber.of(200));
                });
    }

    // ---- tokens

    @Test
    @DisplayName("refuses a token that is nobody's, and makes who tries several wait")
    void wrongTokens() {
        McpClient.Answer answer = new McpClient(port, Optional.of("wrong")).post(PING);
        answer.error(401, -32001);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        operator().post(PING).hasStatus(200);
    }
}
