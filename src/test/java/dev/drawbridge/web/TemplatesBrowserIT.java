package dev.drawbridge.web;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drawbridge.FreePort;
import dev.drawbridge.NodeScript;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.ClassPathResource;

@DisplayName("Apps as tldraw's templates make them, in a real browser")
class TemplatesBrowserIT {

    @TempDir
    Path folder;

    @Test
    @DisplayName("paste, drop, export and link: each over the routes that it knows, and the whiteboard over its own")
    void templates() throws Exception {
        NodeScript.assumeInstalled("chromium", "Chromium");
        NodeScript scripts = NodeScript.in("browser");
        assumeTrue(new ClassPathResource("static/index.html").exists(), "the whiteboard was not built");
        int linked = FreePort.next();
        List<String> settings =
                List.of("--drawbridge.links.allowed-networks=127.0.0.1/32", "--drawbridge.links.ports=" + linked);
        try (ServerProcess server = ServerProcess.start(folder, settings)) {
            scripts.run(
                    Duration.ofMinutes(6),
                    "templates.mjs",
                    "--base",
                    "http://127.0.0.1:" + server.port(),
                    "--linked-port",
                    Integer.toString(linked),
                    "--out",
                    Path.of("target/screenshots").toAbsolutePath().toString());
        }
    }
}
