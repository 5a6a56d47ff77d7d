package dev.drawbridge;

import static dev.drawbridge.security.Tokens.SECRET;
import static dev.drawbridge.security.Tokens.claims;
import static dev.drawbridge.security.Tokens.signed;
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

/** An agent, by a client of MCP that is not ours, and a person in a real browser who sees it work. */
@DisplayName("[issue 16] An agent and a person at one board")
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "drawbridge.mcp.enabled=true",
            "drawbridge.access.mode=jwt",
            "drawbridge.access.jwt.secret=" + SECRET,
        })
class AgentsBrowserIT {
    private static final String BOARD = "system-overview";

    @TempDir
    static Path folder;

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void store(DynamicPropertyRegistry properties) {
        properties.add("drawbridge.store.sqlite.path", () -> folder.resolve("rooms.db"));
        properties.add("drawbridge.assets.directory", () -> folder.resolve("assets"));
    }

    private static String token(String name) {
        return signed(
                claims().subject(name).claim("name", name).claim("rooms", BOARD).claim("history", "restore"));
    }

    @Test
    @DisplayName(
            "the agent reads, draws a diagram, is told what is wrong, and takes it back, all seen live with its name")
    void together() throws Exception {
        NodeScript.assumeInstalled("chromium", "Chromium");
        NodeScript scripts = NodeScript.in("browser");
        assumeTrue(new ClassPathResource("static/index.html").exists(), "the whiteboard was not built");
        scripts.run(
                Duration.ofMinutes(5),
                "agents.mjs",
                "--base",
                "http://127.0.0.1:" + port,
                "--board",
                BOARD,
                "--token",
                token("Ada"),
                "--person",
                token("Ann"),
                "--out",
                Path.of("target/screenshots/agents").toAbsolutePath().toString());
    }
}
