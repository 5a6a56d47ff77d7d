package dev.drawbridge;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Clients that know different types: each is to see the room's document as far as it knows it, and to harm nothing else. */
@DisplayName("[§21.22] Real clients with a team's types, with those of a version before, and without")
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"server.address=127.0.0.1", "drawbridge.schema.files=src/test/clients/own-types.json"})
class MixedTypesIT {
    @TempDir
    static Path folder;

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void store(DynamicPropertyRegistry properties) {
        properties.add("drawbridge.store.sqlite.path", () -> folder.resolve("rooms.db"));
        properties.add("drawbridge.assets.directory", () -> folder.resolve("assets"));
    }

    @ParameterizedTest(name = "converge, each on what it knows (seed {0})")
    @ValueSource(longs = {1, 2})
    void converge(long seed) throws Exception {
        NodeScript.in("clients")
                .run(
                        Duration.ofMinutes(4),
                        "converge.mjs",
                        "--base",
                        "ws://127.0.0.1:" + port,
                        "--seed",
                        Long.toString(seed),
                        "--seconds",
                        "5",
                        "--versions",
                        "5.4.2+cards,5.4.2,5.4.2+cards-before,5.2.4,5.0.1,4.5.12,4.2.1,5.4.2+cards",
                        "--clients",
                        "9",
                        "--readonly",
                        "1");
    }
}
