package dev.drawbridge.web;

import static dev.drawbridge.security.Tokens.SECRET;
import static dev.drawbridge.security.Tokens.claims;
import static dev.drawbridge.security.Tokens.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.web.mcp.McpClient;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Agents that draw, and a person who is there. */
@DisplayName("An agent at a board")
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "drawbridge.admin.token=" + AdminClient.TOKEN,
            "drawbridge.mcp.enabled=true",
            "drawbridge.access.mode=jwt",
            "drawbridge.access.jwt.secret=" + SECRET,
        })
class AgentsIT {
    @TempDir
    static Path folder;

    @LocalServerPort
    int port;

    private final String board = "b-" + UUID.randomUUID();
    private final String named = "{\"board\":\"" + board + "\"}";
    private TestSocket person;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry properties) {
        properties.add("drawbridge.store.sqlite.path", () -> folder.resolve("rooms.db"));
        properties.add("drawbridge.assets.directory", () -> folder.resolve("assets"));
    }

    @BeforeEach
    void open() {
        person = TestSocket.open(port, "/connect/" + board + "?sessionId=person&token=" + token("edit", null));
        person.connect();
        person.push(1, "first", "First");
    }

    @AfterEach
    void leave() {
        person.close();
    }

    private String token(String permission, @Nullable String history) {
        return signed(
                claims().claim("rooms", board).claim("permission", permission).claim("history", history));
    }

    private McpClient agent(String permission, @Nullable String history) {
        return new McpClient(port, Optional.of(token(permission, history))).initialize("Claude");
    }

    private String put(String id, String name) {
        return "{\"board\":\"" + board + "\",\"puts\":[" + page(id, name) + "]}";
    }

    private static String page(String id, String name) {
        return "{\"id\":\"" + id + "\",\"typeName\":\"page\",\"name\":\"" + name + "\",\"index\":\"a8\",\"meta\":{}}";
    }

    private void awaitText(String text) {
        await().untilAsserted(() -> assertThat(person.messages().toString()).contains(text));
    }

    @Test
    @DisplayName(
            "is seen live, by the name of the person it works for, until it goes; what it did is stored and can be undone")
    void draws() {
        McpClient agent = agent("edit", "restore");
        String answer = agent.call("put_records", put("page:agents", "Mine")).said();
        assertThat(answer).contains("Wrote 1 record", "What was there before your first change is version ");
        assertThat(agent.call("read_records", "{\"board\":\"" + board + "\",\"ids\":[\"page:agents\"]}")
                        .said())
                .contains("\"name\":\"Mine\"");
        awaitText("\"page:agents\":[\"put\"");
        awaitText("\"userName\":\"Ada Lovelace's Claude\"");
        assertThat(agent.call("who_is_here", named).said())
                .contains("\"Ada Lovelace's Claude\", may draw, on page:")
                .contains("\"Ada Lovelace\", may draw\n");

        assertThat(agent.call("put_records", put("page:agents", "Other")).said())
                .doesNotContain("before your first");
        String before = answer.replaceAll("(?s).*first change is version (\\S+)\\..*", "$1");
        assertThat(agent.call("list_versions", named).said())
                .contains(before + "  ")
                .contains("before-agent");
        agent.call("restore_version", "{\"board\":\"" + board + "\",\"version\":\"" + before + "\"}")
                .said();
        awaitText("\"page:agents\":[\"remove\"]");

        agent.send(agent.request().DELETE()).hasStatus(204);
        await().untilAsserted(() -> assertThat(
                        agent("view", null).call("who_is_here", named).said())
                .doesNotContain("Claude"));
    }

    @Test
    @DisplayName("is told what is wrong with a record, and nothing of that call is done")
    void invalid() {
        McpClient agent = agent("edit", null);
        String both = "{\"board\":\"" + board + "\",\"puts\":[" + page("page:good", "Good") + ","
                + page("page:bad", "Bad").replace("\"name\":\"Bad\"", "\"name\":7") + "]}";
        assertThat(agent.call("put_records", both).failed())
                .startsWith("Nothing was done.")
                .contains("name", "7");
        assertThat(agent.call("read_records", named).said()).doesNotContain("page:good");
        assertThat(agent.call("put_records", named).failed()).contains("puts: is missing");
        assertThat(agent.call("put_records", "{\"board\":\"" + board + "\",\"puts\":[{}]}")
                        .failed())
                .contains("puts[0].id: is missing");
        assertThat(agent.call("put_records", put("page:good", "Good")).said()).contains("Wrote 1 record");
    }

    @Test
    @DisplayName("is refused as a person would be who may only look")
    void viewer() {
        assertThat(agent("view", null)
                        .call("put_records", put("page:mine", "Mine"))
                        .failed())
                .startsWith("Refused: FORBIDDEN");
        assertThat(agent("comment", null)
                        .call("put_records", put("page:mine", "Mine"))
                        .failed())
                .startsWith("Refused: FORBIDDEN");
        assertThat(agent("view", null).call("read_records", named).said()).doesNotContain("page:mine");
    }

    @Test
    @DisplayName("draws shapes in frames with arrows that are tied, reads them as text, changes, and deletes them")
    void shapes() {
        McpClient agent = agent("edit", null);
        String made = agent.call("create_shapes", """
                {"board":"%s","shapes":[{"type":"frame","id":"f","name":"Backend","x":0,"y":0,"w":600,"h":300},
                {"type":"geo","id":"api","parent":"f","x":40,"y":80,"w":180,"h":100,"text":"API","color":"blue"},
                {"type":"note","id":"n","x":700,"y":0,"text":"Why?"},
                {"type":"arrow","id":"a","from":"n","to":"api","text":"asks"}]}""".formatted(board)).said();
        assertThat(made).contains("Created: shape:f, shape:api, shape:n, shape:a", "is at clock");
        awaitText("\"shape:api\":[\"put\"");
        String text = agent.call("read_board", named).said();
        assertThat(text).contains("shape:api", "40,80", "\"API\"", "shape:n -> shape:api", "\"asks\"");
        assertThat(agent.call(
                                "read_board",
                                "{\"board\":\"" + board + "\",\"region\":{\"x\":0,\"y\":0,\"w\":10,\"h\":10}}")
                        .said())
                .contains("shape:f")
                .doesNotContain("Why?");
        assertThat(agent.call("read_board", "{\"board\":\"" + board + "\",\"page\":\"page:none\"}")
                        .failed())
                .contains("page: is \"page:none\", expected one of page:");
        agent.call("update_shapes", "{\"board\":\"" + board + "\",\"shapes\":[{\"id\":\"api\",\"text\":\"API v2\"}]}")
                .said();
        agent.call("connect_shapes", "{\"board\":\"" + board + "\",\"arrows\":[{\"from\":\"api\",\"to\":\"n\"}]}")
                .said();
        assertThat(agent.call("read_board", named).said()).contains("API v2", "shape:api -> shape:n");
        agent.call("delete_shapes", "{\"board\":\"" + board + "\",\"ids\":[\"shape:f\",\"n\"]}")
                .said();
        assertThat(agent.call("read_board", named).said()).doesNotContain("API", "Why?");
    }

    @Test
    @DisplayName(
            "is told of a shape that is wrong which field it is and what it may be, of all of them, and nothing is drawn")
    void wrongShapes() {
        McpClient agent = agent("edit", null);
        assertThat(agent.call(
                                "create_shapes",
                                "{\"board\":\"" + board
                                        + "\",\"shapes\":[{\"type\":\"geo\",\"text\":\"fine\"},{\"type\":\"geo\",\"color\":\"purple\"},"
                                        + "{\"type\":\"gea\"},{\"type\":\"arrow\",\"from\":\"nobody\"}]}")
                        .failed())
                .startsWith("Nothing was done")
                .contains(
                        "- shapes[1].color: ",
                        "\"purple\"",
                        "violet",
                        "- shapes[2].type: ",
                        "geo",
                        "- shapes[3].from: ");
        assertThat(agent.call("update_shapes", "{\"board\":\"" + board + "\",\"shapes\":[{\"id\":\"none\"}]}")
                        .failed())
                .contains("shapes[0].id");
        assertThat(agent.call("delete_shapes", "{\"board\":\"" + board + "\",\"ids\":[\"none\"]}")
                        .failed())
                .contains("ids[0]");
        assertThat(agent.call("connect_shapes", "{\"board\":\"" + board + "\",\"arrows\":[{\"from\":\"none\"}]}")
                        .failed())
                .contains("arrows[0].from");
        assertThat(agent.call("read_board", named).said()).doesNotContain("fine");
    }

    @Test
    @DisplayName("with the admin token has the name of its program only")
    void operator() {
        McpClient agent = new McpClient(port, Optional.of(AdminClient.TOKEN)).initialize("Cursor");
        agent.call("put_records", put("page:operators", "X")).said();
        awaitText("\"userName\":\"Cursor\"");
    }
}
