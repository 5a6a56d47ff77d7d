package dev.drawbridge.web;

import static dev.drawbridge.web.AdminClient.objects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** In a folder, as with Redis; here it is looked at from outside. */
@DisplayName("Versions that are made by themselves, in a folder")
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "drawbridge.admin.token=" + AdminClient.TOKEN,
            "drawbridge.history.type=files",
            "drawbridge.history.every=1s",
            "drawbridge.history.on-empty=false",
            "drawbridge.history.open-access=read"
        })
class VersionsByThemselvesIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry properties) {
        properties.add("drawbridge.store.sqlite.path", () -> folder.resolve("rooms.db"));
        properties.add("drawbridge.history.directory", () -> folder.resolve("history"));
    }

    @Test
    @DisplayName("show what was drawn, are counted, and are for everybody to read where that is set")
    void made() throws Exception {
        AdminClient admin = new AdminClient(port);
        try (TestSocket ada = TestSocket.join(port, "room", "ada")) {
            ada.push(1, "one", "drawn");
            await().atMost(SOON).untilAsserted(() -> {
                List<JsonObject> versions =
                        objects(admin.get("/rooms/room/versions").json(200), "versions");
                assertThat(versions).isNotEmpty().allMatch(each -> "auto".equals(each.string("reason")));
                assertThat(admin.get("/rooms/room/versions/"
                                        + versions.getFirst().string("id") + "/snapshot")
                                .body())
                        .contains("\"drawn\"");
            });
            ada.assertAlive();
        }
        assertThat(Files.exists(folder.resolve("history"))).isTrue();
        assertThat(Files.exists(folder.resolve("rooms.versions.db"))).isFalse();
        assertThat(Scrape.of(port).text())
                .containsPattern("drawbridge_history_versions_total\\{reason=\"auto\"} [1-9]");
        assertThat(Scrape.get(port, "/rooms/room/versions").body()).contains("\"versions\":[{");
        assertThat(Scrape.get(port, "/actuator/health").body()).contains("\"history\":{", "\"status\":\"UP\"");
    }
}
