package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("The description of the admin API")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "server.address=127.0.0.1")
class OpenApiIT {
    private static final Path COMMITTED = Path.of("docs/openapi.json");
    private static final String WRITE = "openapi.write";

    private static final JsonMapper PRETTY =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @TempDir
    static Path folder;

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry properties) {
        properties.add("drawbridge.store.sqlite.path", () -> folder.resolve("rooms.db"));
    }

    @Test
    @DisplayName("docs/openapi.json is what the server says")
    void committed() throws IOException, InterruptedException {
        String served =
                PRETTY.writeValueAsString(PRETTY.readTree(get("/v3/api-docs").body()))
                                .replace("\r\n", "\n") + "\n";
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(COMMITTED, served);
        }
        assertThat(served)
                .as("The admin API has changed: bring %s up to date with -D%s=true and read what has changed in it"
                        .formatted(COMMITTED, WRITE))
                .isEqualTo(Files.readString(COMMITTED));
    }

    @Test
    @DisplayName("only the admin API is described")
    void paths() throws IOException, InterruptedException {
        JsonObject served = (JsonObject) AdminClient.parsed(get("/v3/api-docs").body());
        assertThat(served.string("openapi")).startsWith("3.1");
        assertThat(((JsonObject) Objects.requireNonNull(served.get("paths"))).keys())
                .isNotEmpty()
                .allMatch(path -> path.startsWith("/admin/v1/"));
    }

    @Test
    @DisplayName("Swagger UI is there, and asks nobody else for anything")
    void swaggerUi() throws IOException, InterruptedException {
        HttpResponse<String> page = get("/swagger-ui");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("Swagger UI").doesNotContain("https://");
        String initializer = get("/swagger-ui/swagger-initializer.js").body();
        assertThat(initializer).contains("/v3/api-docs/swagger-config").doesNotContain("petstore");
        assertThat(get("/swagger-ui/swagger-ui-bundle.js").statusCode()).isEqualTo(200);
        assertThat(get("/v3/api-docs/swagger-config").body()).contains("\"validatorUrl\":\"\"");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (HttpClient http =
                HttpClient.newBuilder().followRedirects(Redirect.NORMAL).build()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    BodyHandlers.ofString());
        }
    }
}
