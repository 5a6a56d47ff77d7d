package dev.drawbridge;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whiteboard as people use it. */
@DisplayName("Two whiteboards in a real browser")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "server.address=127.0.0.1")
class WhiteboardBrowserIT {

    @TempDir
    static Path folder;

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void store(DynamicPropertyRegistry properties) {
        properties.add("drawbridge.store.sqlite.path", () -> folder.resolve("rooms.db"));
    }

    @Test
    @DisplayName("draw, type, reload, go offline and come back, and hold the same document")
    void twoWhiteboards() throws Exception {
        NodeScript.assumeInstalled("chromium", "Chromium");
        NodeScript scripts = NodeScript.in("browser");
        assumeTrue(new ClassPathResource("static/index.html").exists(), "the whiteboard was not built");
        Path screenshots = Path.of("target/screenshots").toAbsolutePath();
        scripts.run(
                Duration.ofMinutes(5),
                "two-whiteboards.mjs",
                "--base",
                "http://127.0.0.1:" + port,
                "--out",
                screenshots.toString());
    }
}
