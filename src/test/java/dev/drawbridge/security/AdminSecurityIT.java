package dev.drawbridge.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.DrawbridgeApplication;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonObject;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The guard of the admin API, with something behind it. */
@DisplayName("The admin API")
@ExtendWith(OutputCaptureExtension.class)
class AdminSecurityIT {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path folder;

    @Configuration(proxyBeanMethods = false)
    @Import({DrawbridgeApplication.class, Treasure.class})
    static class WithTreasure {}

    @RestController
    static class Treasure {

        @GetMapping("/admin/test/treasure")
        String look() {
            return "gold";
        }

        @PostMapping("/admin/test/treasure")
        String take() {
            return "taken";
        }
    }

    private ConfigurableApplicationContext start(String... settings) {
        return new SpringApplicationBuilder(WithTreasure.class)
                .bannerMode(Banner.Mode.OFF)
                .run(Stream.concat(
                                Stream.of(
                                        "server.port=0",
                                        "server.address=127.0.0.1",
                                        "drawbridge.store.sqlite.path=" + folder.resolve("rooms.db")),
                                Stream.of(settings))
                        .map(setting -> "--" + setting)
                        .toArray(String[]::new));
    }

    private static HttpResponse<String> call(
            ConfigurableApplicationContext server, String method, String path, String... headers)
            throws IOException, InterruptedException {
        int port = Objects.requireNonNull(server.getEnvironment().getProperty("local.server.port", Integer.class));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }

    private static HttpResponse<String> get(ConfigurableApplicationContext server, String authorization)
            throws IOException, InterruptedException {
        return call(server, "GET", "/admin/test/treasure", "Authorization", authorization);
    }

    private static void assertProblem(HttpResponse<String> response, int status, String type) throws JsonException {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonObject problem = (JsonObject) Json.parse(response.body());
        assertThat(problem.string("type")).isEqualTo("urn:drawbridge:problem:" + type);
        assertThat(problem.string("instance")).startsWith("/admin/");
        assertThat(response.body()).contains("\"status\":" + status, "\"title\":", "\"detail\":");
    }

    @Test
    @DisplayName("opens to its token, and says so to all others")
    void token(CapturedOutput output) throws Exception {
        try (ConfigurableApplicationContext server = start("drawbridge.admin.token=" + TOKEN)) {
            assertThat(get(server, "Bearer " + TOKEN).body()).isEqualTo("gold");
            assertThat(call(server, "POST", "/admin/test/treasure", "Authorization", "Bearer " + TOKEN)
                            .body())
                    .isEqualTo("taken");

            HttpResponse<String> without = call(server, "GET", "/admin/test/treasure");
            assertProblem(without, 401, "unauthorized");
            assertThat(without.headers().firstValue("WWW-Authenticate")).contains("Bearer");
            assertThat(without.headers().firstValue("Set-Cookie")).isEmpty();
            for (String wrong : new String[] {"Bearer " + TOKEN + "0", "Bearer x", "Basic " + TOKEN}) {
                assertProblem(get(server, wrong), 401, "unauthorized");
            }
            assertProblem(call(server, "GET", "/admin/test/treasure?access_token=" + TOKEN), 401, "unauthorized");
            assertProblem(call(server, "DELETE", "/admin/no/such/thing"), 401, "unauthorized");
            for (String path : new String[] {
                "/connect/../admin/test/treasure",
                "//admin/test/treasure",
                "/admin;x/test/treasure",
                "/%61dmin/test/treasure"
            }) {
                assertThat(call(server, "GET", path).statusCode()).isIn(400, 401, 404);
            }

            assertThat(server.getBean(MeterRegistry.class)
                            .get("drawbridge.admin.login.failures")
                            .counter()
                            .count())
                    .isEqualTo(2);
        }
        assertThat(output).doesNotContain(TOKEN).doesNotContain("security password");
    }

    @Test
    @DisplayName("leaves the documentation, the health and the whiteboard open")
    void open() throws Exception {
        try (ConfigurableApplicationContext server = start("drawbridge.admin.token=" + TOKEN)) {
            for (String path : new String[] {"/v3/api-docs", "/swagger-ui/index.html", "/actuator/health", "/"}) {
                HttpResponse<String> response = call(server, "GET", path);
                assertThat(response.statusCode()).as(path).isEqualTo(200);
                assertThat(response.body()).doesNotContain(TOKEN);
            }
        }
    }

    @Test
    @DisplayName("lets somebody who guesses wait, even with the right token")
    void slowed() throws Exception {
        try (ConfigurableApplicationContext server = start("drawbridge.admin.token=" + TOKEN)) {
            for (int i = 0; i < 5; i++) {
                assertProblem(get(server, "Bearer guess-" + i), 401, "unauthorized");
            }
            HttpResponse<String> early = get(server, "Bearer " + TOKEN);
            assertProblem(early, 429, "too-many-attempts");
            assertThat(early.headers().firstValue("Retry-After")).contains("1");
            assertThat(call(server, "GET", "/actuator/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("makes a token of its own when none is set, and logs it once")
    void generated(CapturedOutput output) throws Exception {
        try (ConfigurableApplicationContext server = start()) {
            Matcher line = Pattern.compile("The admin API is opened by this token .*: ([A-Za-z0-9_-]{43})\\s")
                    .matcher(output);
            assertThat(line.find()).isTrue();
            String token = line.group(1);
            assertThat(line.find()).isFalse();
            assertThat(get(server, "Bearer " + token).body()).isEqualTo("gold");
        }
    }

    @Test
    @DisplayName("reads its token from a file")
    void file(CapturedOutput output) throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "\n" + TOKEN + "\n");
        try (ConfigurableApplicationContext server = start("drawbridge.admin.token-file=" + file)) {
            assertThat(get(server, "Bearer " + TOKEN).body()).isEqualTo("gold");
        }
        assertThat(output).doesNotContain(TOKEN);
    }

    @Test
    @DisplayName("is not there when it is switched off")
    void disabled(CapturedOutput output) throws Exception {
        try (ConfigurableApplicationContext server =
                start("drawbridge.admin.enabled=false", "drawbridge.admin.token=" + TOKEN)) {
            assertProblem(call(server, "GET", "/admin/test/treasure"), 404, "not-found");
            assertProblem(get(server, "Bearer " + TOKEN), 404, "not-found");
        }
        assertThat(output).doesNotContain("opened by this token");
    }

    @ParameterizedTest(name = "a bad setting is said plainly, and the server does not start: {0}")
    @ValueSource(
            strings = {
                "drawbridge.admin.token=pässword-secret | drawbridge.admin.token holds a token that no client could send",
                "drawbridge.admin.token= | drawbridge.admin.token holds no token",
                "drawbridge.admin.token-file=/no/such/file | drawbridge.admin.token-file = /no/such/file cannot be read",
                "drawbridge.access.mode=closed | drawbridge.access.mode",
                "drawbridge.access.mode=jwt | drawbridge.access.mode = jwt needs a key, and none is set",
                "drawbridge.access.mode=webhook | drawbridge.access.webhook.url is not set",
                "drawbridge.access.webhook.timeout=0s | drawbridge.access.webhook.timeout",
                "drawbridge.access.jwt.clock-skew=-1s | drawbridge.access.jwt.clockSkew",
            })
    void badSettings(String settingAndMessage, CapturedOutput output) {
        String[] parts = settingAndMessage.split(" \\| ", -1);
        assertThatThrownBy(() -> start(parts[0]).close()).isNotNull();
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains(parts[1])
                .contains("Action:")
                .doesNotContain("ssword-secret");
    }
}
