package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.store.redis.RedisProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A server that is killed with kill -9, ten times, under load")
class KilledServerIT {
    private static final int KILLS = 10;
    private static final int ACKNOWLEDGED_BETWEEN = 40;

    @TempDir
    Path folder;

    @Test
    @DisplayName("has every change that it acknowledged (SQLite)")
    void sqlite() throws Exception {
        survives(List.of("--drawbridge.store.sqlite.path=" + folder.resolve("rooms.db")));
    }

    @Test
    @DisplayName("has every change that it acknowledged (Redis)")
    void redis() throws Exception {
        try (RedisProcess redis = RedisProcess.start("--appendonly", "yes", "--appendfsync", "always")) {
            survives(List.of("--drawbridge.store.type=redis", "--spring.data.redis.port=" + redis.port()));
        }
    }

    private void survives(List<String> settings) throws Exception {
        AcknowledgedPages pages = new AcknowledgedPages();
        for (int kill = 1; kill <= KILLS; kill++) {
            int before = pages.ids().size();
            try (ServerProcess server = ServerProcess.start(folder, settings)) {
                assertThat(stored(server)).containsAll(pages.ids());
                List<Thread> clients = pages.draw(server.port(), "killed", 4);
                Awaitility.await()
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> pages.ids().size() >= before + ACKNOWLEDGED_BETWEEN);
                server.kill();
                for (Thread client : clients) {
                    client.join();
                }
            }
        }
        try (ServerProcess server = ServerProcess.start(folder, settings)) {
            assertThat(stored(server))
                    .hasSizeGreaterThan(KILLS * ACKNOWLEDGED_BETWEEN)
                    .containsAll(pages.ids());
            assertThat(server.terminate()).isEqualTo(143);
        }
    }

    private static Set<String> stored(ServerProcess server) {
        try (TestSocket newcomer = TestSocket.open(server.port(), "/connect/killed?sessionId=newcomer")) {
            JsonObject diff =
                    (JsonObject) Objects.requireNonNull(newcomer.connect().get("diff"));
            return Set.copyOf(diff.keys());
        }
    }
}
