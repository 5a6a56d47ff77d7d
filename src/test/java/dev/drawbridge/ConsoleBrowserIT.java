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

/** The console as operators use it, while people draw. */
@DisplayName("[issue 15] The console in a real browser")
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"server.address=127.0.0.1", "drawbridge.admin.token=" + ConsoleBrowserIT.TOKEN})
class ConsoleBrowserIT {
    static final String TOKEN = "0123456789abcdef0123456789abcdef";

    @TempDir
    static Path folder;

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void store(DynamicPropertyRegistry properties) {
        properties.add("drawbridge.store.sqlite.path", () -> folder.resolve("rooms.db"));
        properties.add("drawbridge.assets.directory", () -> folder.resolve("assets"));
    }

    @Test
    @DisplayName(
            "does all that it offers, by mouse and keyboard, in light and dark, wide and narrow, and asks nobody else")
    void console() throws Exception {
        NodeScript.assumeInstalled("chromium", "Chromium");
        NodeScript scripts = NodeScript.in("browser");
        assumeTrue(new ClassPathResource("static/index.html").exists(), "the whiteboard was not built");
        assumeTrue(new ClassPathResource("static/console/index.html").exists(), "the console was not built");
        scripts.run(
                Duration.ofMinutes(10),
                "console.mjs",
                "--base",
                "http://127.0.0.1:" + port,
                "--token",
                TOKEN,
                "--out",
                Path.of("target/screenshots/console").toAbsolutePath().toString());
    }
}
