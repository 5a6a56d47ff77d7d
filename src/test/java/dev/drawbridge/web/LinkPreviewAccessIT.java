package dev.drawbridge.web;

import static dev.drawbridge.security.Tokens.SECRET;
import static dev.drawbridge.security.Tokens.claims;
import static dev.drawbridge.security.Tokens.signed;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.drawbridge.links.RawServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@DisplayName("Previews of links, where a token is asked for and origins are named,")
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "drawbridge.access.mode=jwt",
            "drawbridge.access.jwt.secret=" + SECRET,
            "drawbridge.websocket.allowed-origins=https://*.example.com",
            "drawbridge.links.allowed-networks=127.0.0.1",
            "logging.level.org.springframework.web=trace",
            "logging.level.org.springframework.security=trace",
            "logging.level.org.apache=trace",
        })
@DirtiesContext // its log levels are for all that runs in this JVM
class LinkPreviewAccessIT {
    private static final RawServer WEB = RawServer.at("127.0.0.1").page("/", "<title>Web</title>");

    @TempDir
    static Path folder;

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry properties) {
        properties.add("drawbridge.store.sqlite.path", () -> folder.resolve("rooms.db"));
        properties.add("drawbridge.links.ports", WEB::port);
    }

    @AfterAll
    static void stop() {
        WEB.close();
    }

    private HttpResponse<String> ask(String query, String... headers) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port
                            + "/bookmarks/unfurl?url=http://127.0.0.1:" + WEB.port() + query))
                    .POST(BodyPublishers.noBody());
            if (headers.length > 0) {
                request.headers(headers);
            }
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }

    private int status(JWTClaimsSet.Builder claims, String query) throws IOException, InterruptedException {
        return ask(query, "Authorization", "Bearer " + signed(claims)).statusCode();
    }

    @Test
    @DisplayName("are for those who may edit the room, or some room when none is named")
    void editors() throws Exception {
        assertThat(status(claims(), "")).isEqualTo(200);
        assertThat(status(claims().claim("rooms", "a"), "&room=a")).isEqualTo(200);
        assertThat(status(claims().claim("rooms", "a"), "&room=b")).isEqualTo(403);
        assertThat(status(claims().claim("permission", "view"), "")).isEqualTo(403);
        assertThat(status(claims().claim("permission", "view"), "&room=a")).isEqualTo(403);
        HttpResponse<String> nobody = ask("");
        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(nobody.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }

    @Test
    @DisplayName("are for pages of these origins, cookies and all")
    void origins() throws Exception {
        String token = "&token=" + signed(claims());
        HttpResponse<String> own = ask(token, "Origin", "https://app.example.com");
        assertThat(own.statusCode()).isEqualTo(200);
        assertThat(own.headers().firstValue("Access-Control-Allow-Origin")).contains("https://app.example.com");
        assertThat(own.headers().firstValue("Access-Control-Allow-Credentials")).contains("true");
        assertThat(ask(token, "Origin", "https://example.org").statusCode()).isEqualTo(403);
        assertThat(ask("", "Origin", "https://app.example.com").headers().firstValue("Access-Control-Allow-Origin"))
                .contains("https://app.example.com");
    }

    @Test
    @DisplayName("leave no token in the log")
    void quiet(CapturedOutput log) throws Exception {
        String token = signed(claims());
        assertThat(ask("&token=" + token).statusCode()).isEqualTo(200);
        assertThat(log.getAll()).contains("/bookmarks/unfurl").doesNotContain(token.substring(token.length() - 20));
    }
}
