package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.assets.Samples;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@DisplayName("Images inside a room")
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"server.address=127.0.0.1", "drawbridge.admin.token=" + AdminClient.TOKEN})
class EmbeddedAssetsIT {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path folder;

    @LocalServerPort
    int port;

    @SuppressWarnings("NullAway.Init") // made before each test
    private AdminClient admin;

    private String path = "";

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry properties) {
        properties.add("drawbridge.store.sqlite.path", () -> folder.resolve("rooms.db"));
        properties.add("drawbridge.assets.directory", () -> folder.resolve("assets"));
    }

    @BeforeEach
    void room() {
        admin = new AdminClient(port);
        String room = "r-" + UUID.randomUUID();
        path = "/rooms/" + room;
        admin.post("/rooms", "{\"id\":\"" + room + "\"}").hasStatus(201);
    }

    private static String dataUrl(String type, byte[] content) {
        return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(content);
    }

    private void draw(String id, String type, String src) {
        admin.patch(path + "/records", """
                        {"puts":[{"id":"asset:%s","typeName":"asset","type":"image","meta":{},"props":{"name":"%s","src":"%s",
                        "w":1,"h":1,"mimeType":"%s","isAnimated":false}}]}""".formatted(id, id, src, type)).hasStatus(200);
    }

    private String src(String id) {
        JsonObject record = admin.get(path + "/records/asset:" + id).json(200);
        return Objects.requireNonNull(((JsonObject) Objects.requireNonNull(record.get("props"))).string("src"));
    }

    private byte[] download(String url) throws Exception {
        HttpResponse<byte[]> answer =
                HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    @Test
    @DisplayName("are brought out of it, each once, and shown from the server; those in the room see it")
    void moved() throws Exception {
        byte[] png = Samples.png(200_000);
        draw("a", "image/png", dataUrl("image/png", png));
        draw("b", "image/png", dataUrl("image/png", png));
        String svg = "data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'/%3E";
        draw("c", "image/svg+xml", svg);
        draw("d", "image/png", "https://elsewhere.example/x.png");
        JsonObject before = admin.get(path + "/assets/embedded").json(200);
        assertThat(before.get("count")).hasToString("3");

        JsonObject report = admin.post(path + "/assets/externalise", "").json(200);

        assertThat(report.get("moved")).hasToString("3");
        assertThat(((JsonArray) Objects.requireNonNull(report.get("left"))).items())
                .isEmpty();
        assertThat(src("a"))
                .startsWith("http://127.0.0.1:" + port + "/uploads/")
                .isEqualTo(src("b"));
        assertThat(download(src("a"))).isEqualTo(png);
        assertThat(new String(download(src("c")), StandardCharsets.UTF_8))
                .isEqualTo("<svg xmlns='http://www.w3.org/2000/svg'/>");
        assertThat(src("d")).isEqualTo("https://elsewhere.example/x.png");
        assertThat(admin.get(path + "/assets/embedded").json(200).get("count")).hasToString("0");
        assertThat(admin.post(path + "/assets/externalise", "").json(200).get("moved"))
                .hasToString("0");
    }

    @Test
    @DisplayName("are found in the list of rooms that have some")
    void listed() {
        String drawing = dataUrl("image/png", Samples.png(1_000));
        draw("a", "image/png", drawing);
        String others = "";
        String cursor = "";
        do {
            JsonObject page = admin.get("/assets/embedded?limit=1" + cursor).json(200);
            others += page.get("rooms");
            cursor = page.string("next") == null ? "" : "&cursor=" + page.string("next");
        } while (!cursor.isEmpty());
        assertThat(others)
                .contains("\"roomId\":\"" + path.substring("/rooms/".length()) + "\",\"count\":1,\"characters\":"
                        + drawing.length());
    }

    @Test
    @DisplayName("come back into a .tldr file on request, byte by byte; what is not kept here stays an address")
    void inline() {
        byte[] png = Samples.png(3_000_001);
        draw("a", "image/png", dataUrl("image/png", png));
        draw("b", "image/png", "https://elsewhere.example/uploads/x.png");
        draw("c", "image/png", dataUrl("image/png", Samples.png(1_000)));
        admin.post(path + "/assets/externalise?base=https://board.example.com", "")
                .hasStatus(200);

        String linked = admin.get(path + "/export").hasStatus(200).body();
        assertThat(linked).contains("https://board.example.com/uploads/").doesNotContain("base64");

        JsonObject file = admin.get(path + "/export?assets=inline").json(200);
        List<String> sources = new ArrayList<>();
        for (JsonValue each : ((JsonArray) Objects.requireNonNull(file.get("records"))).items()) {
            if (each instanceof JsonObject record && record.get("props") instanceof JsonObject props) {
                sources.add(String.valueOf(props.string("src")));
            }
        }
        assertThat(sources)
                .contains(
                        dataUrl("image/png", png),
                        dataUrl("image/png", Samples.png(1_000)),
                        "https://elsewhere.example/uploads/x.png");
        assertThat(file.get("tldrawFileFormatVersion")).hasToString("1");
        admin.get(path + "/export?assets=inline&format=snapshot").problem(400, "invalid-request");
        admin.get(path + "/export?assets=both").problem(400, "invalid-request");
    }

    @Test
    @DisplayName("stay in it when they cannot be kept, and it is said why")
    void left() {
        String text = dataUrl("image/png", "just text".getBytes(StandardCharsets.UTF_8));
        String contradiction = dataUrl("image/gif", Samples.png());
        String nothing = "data:image/png;base64";
        String large = dataUrl("image/png", Samples.png(10_500_000));
        draw("a", "image/png", text);
        draw("b", "image/gif", contradiction);
        draw("c", "image/png", nothing);
        draw("d", "image/png", large);

        JsonObject report = admin.post(path + "/assets/externalise", "").json(200);

        assertThat(report.get("moved")).hasToString("0");
        assertThat(((JsonArray) Objects.requireNonNull(report.get("left"))).items())
                .hasSize(4);
        assertThat(String.valueOf(report.get("left")))
                .contains("no type that is taken", "says otherwise", "no data URL", "more than 10485760 bytes");
        assertThat(src("a")).isEqualTo(text);
        assertThat(src("d")).isEqualTo(large);
    }

    @Test
    @DisplayName("are shown from where clients reach the server, when that is said; what is no address is refused")
    void base() {
        draw("a", "image/png", dataUrl("image/png", Samples.png(1_000)));
        for (String odd : new String[] {"ftp://x", "board.example.com", "https://u:p@x", "https://x?y", "%20"}) {
            admin.post(path + "/assets/externalise?base=" + odd, "").problem(400, "invalid-request");
        }
        admin.post(path + "/assets/externalise?base=https://board.example.com/", "")
                .hasStatus(200);
        assertThat(src("a")).startsWith("https://board.example.com/uploads/");
        admin.post("/rooms/nobody/assets/externalise", "").problem(404, "room-not-found");
    }
}
