package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.store.redis.RedisProcess;
import dev.drawbridge.web.mcp.McpClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers on one Redis. A board is open at one of them, and an agent talks to the other one. */
@DisplayName("An agent in a cluster, at the node that does not have the board")
class AgentsOfClusterIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static RedisProcess redis;
    private static ServerProcess one;
    private static ServerProcess other;

    private final String board = "b-" + UUID.randomUUID();
    private final String named = "{\"board\":\"" + board + "\"}";
    private TestSocket person;
    private McpClient agent;

    @BeforeAll
    static void start() throws IOException {
        redis = RedisProcess.start("--appendonly", "yes");
        one = start("one");
        other = start("other");
        for (ServerProcess each : List.of(one, other)) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            new AdminClient(each.port()).get("/nodes").body())
                    .doesNotContain("\"links\":[]"));
        }
    }

    private static ServerProcess start(String name) throws IOException {
        return ServerProcess.start(
                Files.createDirectories(folder.resolve(name)),
                List.of(
                        "--drawbridge.admin.token=" + AdminClient.TOKEN,
                        "--drawbridge.mcp.enabled=true",
                        "--drawbridge.store.type=redis",
                        "--drawbridge.history.directory=" + folder.resolve("history"),
                        "--spring.data.redis.port=" + redis.port(),
                        "--drawbridge.cluster.secret=a-secret-for-this-test",
                        "--drawbridge.cluster.address=127.0.0.1",
                        "--drawbridge.cluster.port=0",
                        "--drawbridge.cluster.heartbeat=1s"));
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
        redis.close();
    }

    @BeforeEach
    void open() {
        person = TestSocket.join(one.port(), board, "s1");
        person.push(1, "first", "First");
        agent = new McpClient(other.port(), Optional.of(AdminClient.TOKEN)).initialize("Claude");
    }

    @AfterEach
    void leave() {
        person.close();
    }

    @Test
    @DisplayName("reads what is stored, sees who is there, makes versions and brings them back")
    void past() {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(agent.call("read_records", named).said()).contains("page:first"));
        assertThat(agent.call("who_is_here", named).said()).contains("may draw");
        String made = agent.call("make_version", named).said();
        person.push(2, "second", "Second");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(agent.call("read_records", named).said()).contains("page:second"));

        String id = made.replaceAll("Made: (\\S+).*", "$1");
        assertThat(agent.call("restore_version", "{\"board\":\"" + board + "\",\"version\":\"" + id + "\"}")
                        .said())
                .contains("Restored");
        person.await(message -> message.toString().contains("\"page:second\":[\"remove\"]"));
        assertThat(agent.call("list_versions", named).said()).contains("before-restore");
        assertThat(new AdminClient(other.port()).get("/audit").body())
                .doesNotContain("/mcp restore_version"); // it is noted where it was done
        assertThat(new AdminClient(one.port()).get("/audit").body()).contains("/mcp restore_version");
    }

    @Test
    @DisplayName("is refused there as it would be here, and told what is wrong there in the same words")
    void refused() {
        McpClient stranger = new McpClient(other.port(), Optional.empty());
        assertThat(stranger.call("make_version", named).failed()).startsWith("Refused: FORBIDDEN");
        assertThat(stranger.call("who_is_here", named).said()).contains("may draw");
        assertThat(agent.call("restore_version", "{\"board\":\"" + board + "\",\"version\":\"nonsense\"}")
                        .failed())
                .contains("has no version nonsense");
    }
}
