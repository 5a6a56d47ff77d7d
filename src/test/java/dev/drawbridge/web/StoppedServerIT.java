package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.NodeScript;
import dev.drawbridge.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Kubernetes does to a pod: SIGTERM, a grace period, a new one in its place. */
@DisplayName("A server that is stopped with SIGTERM under load, and started again")
class StoppedServerIT {
    private static final Duration GRACE_PERIOD = Duration.ofSeconds(30);
    private static final int STOPS = 2;
    private static final int ACKNOWLEDGED_BETWEEN = 40;

    @TempDir
    Path folder;

    @Test
    @DisplayName(
            "ends within the grace period, and its clients go on by themselves: nothing is lost, nothing is done twice")
    void stops() throws Exception {
        NodeScript realClients = NodeScript.in("clients");
        List<String> settings = List.of("--drawbridge.store.sqlite.path=" + folder.resolve("rooms.db"));
        AcknowledgedPages pages = new AcknowledgedPages();
        Path over = folder.resolve("over");
        ServerProcess server = ServerProcess.start(folder, settings);
        try {
            int port = server.port();
            // On a thread of its own: two cores' common pool has but one, and sockets need it.
            CompletableFuture<Void> converged =
                    CompletableFuture.runAsync(() -> run(realClients, port, over), Thread::startVirtualThread);
            for (int stop = 1; stop <= STOPS; stop++) {
                int before = pages.ids().size();
                List<Thread> clients = pages.draw(port, "stopped", 4);
                Awaitility.await()
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> pages.ids().size() >= before + ACKNOWLEDGED_BETWEEN);
                Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> log().contains("room mixed-"));

                Instant asked = Instant.now();
                assertThat(server.terminate()).as("exit code of SIGTERM").isEqualTo(143);
                assertThat(Duration.between(asked, Instant.now())).isLessThan(GRACE_PERIOD);
                for (Thread client : clients) {
                    client.join();
                }
                assertThat(log()).contains("All is put away");

                server = ServerProcess.start(folder, port, settings);
                assertThat(stored(server)).containsAll(pages.ids());
            }
            // Not before: however long the stops have taken, whether all see the same is asked of a server that is
            // there.
            Files.createFile(over);
            converged.join();
        } finally {
            server.close();
        }
    }

    /** They count their edits, and fail when the room in the end has not just that many of each. */
    private static void run(NodeScript realClients, int port, Path over) {
        try {
            realClients.run(
                    Duration.ofMinutes(6),
                    "converge.mjs",
                    "--base",
                    "ws://127.0.0.1:" + port,
                    "--seed",
                    "7",
                    "--seconds",
                    "5",
                    "--until",
                    over.toString(),
                    "--clients",
                    "5",
                    "--readonly",
                    "1");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private String log() throws Exception {
        return Files.readString(folder.resolve("server.log"));
    }

    private static Set<String> stored(ServerProcess server) {
        try (TestSocket newcomer = TestSocket.open(server.port(), "/connect/stopped?sessionId=newcomer")) {
            JsonObject diff =
                    (JsonObject) Objects.requireNonNull(newcomer.connect().get("diff"));
            return Set.copyOf(diff.keys());
        }
    }
}
