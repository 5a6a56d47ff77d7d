package dev.drawbridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.store.OpenedRoom;
import dev.drawbridge.store.RoomStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Unmodified tldraw clients of several versions, over real sockets and links that break. */
@DisplayName("Real tldraw clients (5.4.2, 5.2.4, 5.0.1, 4.5.12, 4.2.1)")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "server.address=127.0.0.1")
class RealClientsIT {
    private static final Duration LIMIT = Duration.ofMinutes(4);

    @TempDir
    static Path folder;

    @LocalServerPort
    int port;

    @Autowired
    RoomStore rooms;

    @DynamicPropertySource
    static void store(DynamicPropertyRegistry properties) {
        properties.add("drawbridge.store.sqlite.path", () -> folder.resolve("rooms.db"));
    }

    @ParameterizedTest(name = "converge with each other and with newcomers (seed {0})")
    @ValueSource(longs = {1, 2, 3})
    void converge(long seed) throws Exception {
        Path out = folder.resolve("documents-" + seed + ".json");
        NodeScript.in("clients")
                .run(
                        LIMIT,
                        "converge.mjs",
                        "--base",
                        "ws://127.0.0.1:" + port,
                        "--seed",
                        Long.toString(seed),
                        "--seconds",
                        "6",
                        "--versions",
                        "5.4.2,5.2.4,5.0.1,4.5.12,4.2.1",
                        "--clients",
                        "7",
                        "--readonly",
                        "1",
                        "--out",
                        out.toString());
        assertThat(byId(((JsonArray) Json.parse(Files.readAllBytes(out))).items()))
                .as("the last client's document, and what is stored")
                .hasSizeGreaterThan(5)
                .isEqualTo(stored("mixed-" + seed + "-"));
    }

    private Map<String, JsonObject> stored(String roomPrefix) throws Exception {
        String roomId = rooms.list(roomPrefix, Optional.empty(), 2)
                .toCompletableFuture()
                .get()
                .roomIds()
                .getFirst();
        List<JsonValue> records = new ArrayList<>();
        OpenedRoom room = (OpenedRoom) rooms.open(roomId).toCompletableFuture().get();
        for (StoredRecord record : room.snapshot().orElseThrow().documents()) {
            records.add(Json.parse(record.json()));
        }
        return byId(records);
    }

    private static Map<String, JsonObject> byId(List<JsonValue> records) {
        return records.stream()
                .map(JsonObject.class::cast)
                .collect(Collectors.toMap(record -> Objects.requireNonNull(record.string("id")), record -> record));
    }

    @Test
    @DisplayName("bring 3,000 shapes in chunked pushes, and newcomers have them all")
    void large() throws Exception {
        NodeScript.in("clients").run(LIMIT, "converge.mjs", "--base", "ws://127.0.0.1:" + port, "--mode", "large");
    }
}
