package dev.drawbridge.web;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drawbridge.NodeScript;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.ClassPathResource;

@DisplayName("An app with types of its own, in a real browser")
class OwnTypesBrowserIT {
    private static final String TYPES = "src/test/browser/own-types/schema.json";

    @TempDir
    Path folder;

    @Test
    @DisplayName("has in its file what the command says of its code")
    void described() throws Exception {
        NodeScript.in("browser"); // the packages of the app
        NodeScript command = NodeScript.in("../schema-cli");
        command.run(Duration.ofMinutes(1), "build.mjs");
        command.run(
                Duration.ofMinutes(1),
                "dist/cli.js",
                "describe",
                "--check",
                Path.of(TYPES).toAbsolutePath().toString(),
                Path.of(TYPES).resolveSibling("schema.js").toAbsolutePath().toString());
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName(
            "shares a room with clients that do not know them, each with what it knows; without a word of the server's it does not")
    @CsvSource({
        "described, --drawbridge.schema.files=" + TYPES,
        "permissive, --drawbridge.schema.unknown-types=accept",
        "refusing, --drawbridge.schema.unknown-types=refuse"
    })
    void app(String mode, String setting) throws Exception {
        NodeScript.assumeInstalled("chromium", "Chromium");
        NodeScript.in("clients"); // one of them is used beside the browsers
        NodeScript.in("browser/release-4.5"); // and so is that
        NodeScript scripts = NodeScript.in("browser");
        assumeTrue(new ClassPathResource("static/index.html").exists(), "the whiteboard was not built");
        List<String> settings = Stream.of(setting, "--drawbridge.admin.token=" + AdminClient.TOKEN)
                .map(each -> each.replace(TYPES, Path.of(TYPES).toUri().toString()))
                .toList();
        try (ServerProcess server = ServerProcess.start(folder, settings)) {
            scripts.run(
                    Duration.ofMinutes(4),
                    "own-types.mjs",
                    "--base",
                    "http://127.0.0.1:" + server.port(),
                    "--mode",
                    mode,
                    "--token",
                    AdminClient.TOKEN,
                    "--log",
                    folder.resolve("server.log").toAbsolutePath().toString(),
                    "--out",
                    Path.of("target/screenshots").toAbsolutePath().toString());
        }
    }
}
