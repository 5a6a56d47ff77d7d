package dev.drawbridge.web;

import static dev.drawbridge.security.Tokens.claims;
import static dev.drawbridge.security.Tokens.signed;

import dev.drawbridge.NodeScript;
import dev.drawbridge.security.Tokens;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@DisplayName("Tldraw's comments, by real clients (5.4.2 with and without them, 4.5.12)")
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "drawbridge.admin.token=" + AdminClient.TOKEN,
            "drawbridge.access.mode=jwt",
            "drawbridge.access.jwt.secret=" + Tokens.SECRET,
            "drawbridge.schema.comments=true"
        })
class CommentsIT {
    @TempDir
    static Path folder;

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void store(DynamicPropertyRegistry properties) {
        properties.add("drawbridge.store.sqlite.path", () -> folder.resolve("rooms.db"));
        properties.add("drawbridge.assets.directory", () -> folder.resolve("assets"));
    }

    private static String token(String user, String permission) {
        return signed(claims().subject(user).claim("permission", permission).claim("rooms", "*"));
    }

    @Test
    @DisplayName("are written by those who may, each their own, and trouble nobody who does not know of them")
    void comments() throws Exception {
        NodeScript.in("clients")
                .run(
                        Duration.ofMinutes(3),
                        "comments.mjs",
                        "--base",
                        "ws://127.0.0.1:" + port,
                        "--room",
                        "talk",
                        "--ann",
                        token("ann", "edit"),
                        "--bob",
                        token("bob", "comment"),
                        "--cat",
                        token("cat", "view"),
                        "--admin",
                        AdminClient.TOKEN);
    }
}
