package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drawbridge.DrawbridgeApplication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ClassPathResource;

/** What it shows is seen in a browser: {@code ConsoleBrowserIT}. */
@DisplayName("[issue 15] The console's page")
class ConsoleIT {
    private static final Pattern ASSET = Pattern.compile("/console/assets/[^\"]+");

    @TempDir
    Path folder;

    private ConfigurableApplicationContext start(String... settings) {
        return new SpringApplicationBuilder(DrawbridgeApplication.class)
                .bannerMode(Banner.Mode.OFF)
                .run(Stream.concat(
                                Stream.of(
                                        "server.port=0",
                                        "server.address=127.0.0.1",
                                        "drawbridge.assets.type=none",
                                        "drawbridge.store.sqlite.path=" + folder.resolve("rooms.db")),
                                Stream.of(settings))
                        .map(setting -> "--" + setting)
                        .toArray(String[]::new));
    }

    private static HttpResponse<String> get(ConfigurableApplicationContext server, String path) throws Exception {
        String port = server.getEnvironment().getRequiredProperty("local.server.port");
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    @Test
    @DisplayName("is there for each of its addresses, without a token, and asked for anew each time")
    void there() throws Exception {
        try (ConfigurableApplicationContext server = start()) {
            for (String path : new String[] {
                "/console", "/console/", "/console/boards", "/console/boards/a.b~c-1_2", "/console/server?tab=audit"
            }) {
                HttpResponse<String> page = get(server, path);
                assertThat(page.statusCode()).as(path).isEqualTo(200);
                assertThat(page.headers().firstValue("Content-Type").orElseThrow())
                        .startsWith("text/html");
                assertThat(page.headers().firstValue("Cache-Control")).contains("no-cache");
                assertThat(page.body()).contains("<title>Drawbridge");
            }
            assertThat(get(server, "/console/nothing-here").statusCode()).isEqualTo(404);
            assertThat(get(server, "/console/boards/a/b").statusCode()).isEqualTo(404);
            assertThat(get(server, "/console/assets/nothing-here.js").statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    @DisplayName("has files that are kept for a year, for another build has others")
    void kept() throws Exception {
        assumeTrue(new ClassPathResource("static/console/index.html").exists(), "the console was not built");
        try (ConfigurableApplicationContext server = start()) {
            String page = get(server, "/console").body();
            assertThat(ASSET.matcher(page).results().map(MatchResult::group))
                    .isNotEmpty()
                    .allSatisfy(path -> {
                        HttpResponse<String> file = get(server, path);
                        assertThat(file.statusCode()).isEqualTo(200);
                        assertThat(file.headers().firstValue("Cache-Control"))
                                .contains("max-age=31536000, public, immutable");
                    });
            assertThat(page).doesNotContain("http:", "https:");
        }
    }

    @ParameterizedTest(name = "is not there with {0}, nor are its files")
    @ValueSource(strings = {"drawbridge.console.enabled=false", "drawbridge.admin.enabled=false"})
    void off(String setting) throws Exception {
        try (ConfigurableApplicationContext server = start(setting)) {
            for (String path : new String[] {
                "/console", "/console/", "/console/boards/retro", "/console/server", "/console/index.html"
            }) {
                assertThat(get(server, path).statusCode()).as(path).isEqualTo(404);
            }
            assertThat(get(server, "/").statusCode()).isEqualTo(200);
        }
    }
}
