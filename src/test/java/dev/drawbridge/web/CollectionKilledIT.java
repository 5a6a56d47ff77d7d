package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.FreePort;
import dev.drawbridge.assets.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A server that deletes unused assets")
class CollectionKilledIT {
    private static final int ASSETS = 300;
    private static final int USED_EACH = 5;
    private static final int KILLS = 2;

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        http.shutdownNow();
    }

    private ServerProcess start() throws IOException {
        return ServerProcess.start(
                folder,
                FreePort.next(),
                List.of(
                        "--drawbridge.store.sqlite.path=" + folder.resolve("rooms.db"),
                        "--drawbridge.assets.directory=" + folder.resolve("assets"),
                        "--drawbridge.assets.uploads-per-minute=100000",
                        "--drawbridge.assets.collection.every=1s",
                        "--drawbridge.assets.collection.after=8s",
                        "--drawbridge.admin.token=secret"));
    }

    private HttpResponse<byte[]> send(ServerProcess server, String path, String method, byte[] body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .timeout(Duration.ofMinutes(1))
                        .header("Authorization", "Bearer secret")
                        .header("Content-Type", path.startsWith("/admin") ? "application/json" : "image/png")
                        .method(method, BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    private static boolean isUsed(int asset) {
        return asset % USED_EACH == 0;
    }

    private static byte[] content(int asset) {
        return Samples.png(1_000 + asset);
    }

    private long kept() {
        try (Stream<Path> all = Files.walk(folder.resolve("assets/objects"))) {
            return all.filter(file -> file.getFileName().toString().equals("asset.json"))
                    .count();
        } catch (IOException | UncheckedIOException e) {
            return ASSETS; // something went while it was counted
        }
    }

    @Test
    @DisplayName("and is killed while it does has all that is in use, and nothing half of the rest")
    void killed() throws Exception {
        try (ServerProcess server = start()) {
            assertThat(send(server, "/admin/v1/rooms", "POST", "{\"id\":\"room\"}".getBytes(StandardCharsets.UTF_8))
                            .statusCode())
                    .isEqualTo(201);
            StringBuilder records = new StringBuilder();
            for (int i = 0; i < ASSETS; i++) {
                assertThat(send(server, "/uploads/asset-" + i, "PUT", content(i))
                                .statusCode())
                        .isEqualTo(201);
                if (isUsed(i)) {
                    records.append(records.isEmpty() ? "" : ",").append("""
                                    {"id":"asset:%d","typeName":"asset","type":"image","meta":{},"props":{"name":"","w":1,"h":1,
                                    "src":"http://board.example/uploads/asset-%d","mimeType":"image/png","isAnimated":false}}""".formatted(i, i));
                }
            }
            byte[] patch = ("{\"puts\":[" + records + "]}").getBytes(StandardCharsets.UTF_8);
            assertThat(send(server, "/admin/v1/rooms/room/records", "PATCH", patch)
                            .statusCode())
                    .isEqualTo(200);
            killInTheMiddle(server);
        }
        for (int i = 1; i < KILLS; i++) {
            try (ServerProcess server = start()) {
                assertWhole(server);
                killInTheMiddle(server);
            }
        }
        try (ServerProcess server = start()) {
            assertWhole(server);
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> kept() == ASSETS / USED_EACH);
            assertWhole(server);
        }
    }

    /** Or later, when there is nothing left to be deleted. */
    private void killInTheMiddle(ServerProcess server) {
        long before = kept();
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> kept() < before || before == ASSETS / USED_EACH);
        server.kill();
    }

    private void assertWhole(ServerProcess server) throws Exception {
        for (int i = 0; i < ASSETS; i++) {
            HttpResponse<byte[]> answer = send(server, "/uploads/asset-" + i, "GET", new byte[0]);
            if (isUsed(i) || answer.statusCode() != 404) {
                assertThat(answer.statusCode()).as("asset %s", i).isEqualTo(200);
                assertThat(answer.body()).isEqualTo(content(i));
            }
        }
    }
}
