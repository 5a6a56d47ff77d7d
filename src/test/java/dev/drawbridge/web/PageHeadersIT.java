package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** That tldraw works under these rules is seen in a browser: {@code src/test/browser}. */
@DisplayName("[issue 10, C21] What browsers are told")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "server.address=127.0.0.1")
class PageHeadersIT {

    @TempDir
    static Path folder;

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry properties) {
        properties.add("drawbridge.store.sqlite.path", () -> folder.resolve("rooms.db"));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    private static String policy(HttpResponse<?> response) {
        assertThat(response.headers().allValues("Content-Security-Policy")).hasSize(1);
        return response.headers().firstValue("Content-Security-Policy").orElseThrow();
    }

    @ParameterizedTest(name = "{0} is what it says it is, and gives no address away")
    @ValueSource(
            strings = {
                "/",
                "/r/retro",
                "/whiteboard.json",
                "/whiteboard-missing.html",
                "/console",
                "/console/boards/retro",
                "/console/nothing-here",
                "/swagger-ui/index.html",
                "/v3/api-docs",
                "/admin/v1/rooms",
                "/actuator/health",
                "/nothing-here"
            })
    void everywhere(String path) throws Exception {
        HttpResponse<String> response = get(path);
        assertThat(response.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(response.headers().allValues("Referrer-Policy")).containsExactly("no-referrer");
        assertThat(policy(response))
                .startsWith("default-src 'none'; script-src 'self'; ")
                .contains("base-uri 'none'", "form-action 'none'")
                .doesNotContain("unsafe-eval");
    }

    @Test
    @DisplayName("the whiteboard talks to this server alone, and is shown in frames of its own origin")
    void whiteboard() throws Exception {
        assertThat(policy(get("/r/retro")))
                .contains("; connect-src 'self' data: blob: https://cdn.tldraw.com;")
                .endsWith("; frame-ancestors 'self'");
    }

    @Test
    @DisplayName("the page of the admin API, where tokens are typed, is shown in no frame")
    void apiPage() throws Exception {
        assertThat(policy(get("/swagger-ui/index.html"))).endsWith("; frame-ancestors 'none'");
    }

    @ParameterizedTest(name = "{0}, where the operator's token is, talks to this server alone and is shown in no frame")
    @ValueSource(strings = {"/console", "/console/boards/retro", "/console/index.html"})
    void console(String path) throws Exception {
        HttpResponse<String> response = get(path);
        assertThat(policy(response))
                .contains("; img-src 'self' data: blob:;", "; connect-src 'self' data: blob:;", "; frame-src 'none';")
                .doesNotContain("http")
                .endsWith("; frame-ancestors 'none'");
        assertThat(response.headers().allValues("X-Frame-Options")).containsExactly("DENY");
    }

    @Test
    @DisplayName("a room that is called like the console is a room")
    void alike() throws Exception {
        assertThat(policy(get("/r/console"))).isEqualTo(policy(get("/r/retro")));
        assertThat(policy(get("/consoles"))).isEqualTo(policy(get("/r/retro")));
    }
}
