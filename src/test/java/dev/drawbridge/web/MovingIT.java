package dev.drawbridge.web;

import static dev.drawbridge.web.AdminClient.objects;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.NodeScript;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import dev.drawbridge.web.AdminClient.Answer;
import java.io.BufferedReader;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Rooms come in and go out as files, over real HTTP. */
@DisplayName("The admin API, with rooms that move")
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "drawbridge.admin.token=" + AdminClient.TOKEN,
            "drawbridge.admin.max-body-size=1MB"
        })
class MovingIT {
    private static final String SCHEMA =
            TldrawSchema.create().serialize().json().toString();
    private static final String DOCUMENT =
            "{\"id\":\"document:document\",\"typeName\":\"document\",\"gridSize\":10,\"name\":\"\",\"meta\":{}}";

    @TempDir
    static Path folder;

    @LocalServerPort
    int port;

    @SuppressWarnings("NullAway.Init") // made before each test
    private AdminClient admin;

    private String room = "";

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry properties) {
        properties.add("drawbridge.store.sqlite.path", () -> folder.resolve("rooms.db"));
    }

    @BeforeEach
    void operator() {
        admin = new AdminClient(port);
        room = "r-" + UUID.randomUUID();
    }

    @Test
    @DisplayName("a .tldr file becomes a room; what never leaves a client is left out and counted")
    void file() {
        Answer answer = admin.post(path("/import"), tldr(page("one", "One"), pointer()));

        JsonObject body = answer.json(201);
        assertThat(answer.header("Location")).isEqualTo("/admin/v1/rooms/" + room);
        assertThat(body.get("created")).hasToString("true");
        assertThat(body.get("historyKept")).hasToString("false");
        assertThat(body.get("records")).hasToString("2");
        assertThat(body.get("leftOut")).hasToString("{\"pointer\":1}");
        assertThat(names()).containsExactlyInAnyOrderEntriesOf(Map.of("document:document", "", "page:one", "One"));
    }

    @Test
    @DisplayName(
            "the database of a reference server becomes a room; one that is damaged, or none, is refused and makes none")
    void database() throws Exception {
        byte[] database = resource("board.db");
        JsonObject told = (JsonObject) AdminClient.parsed(new String(resource("board.json"), StandardCharsets.UTF_8));

        JsonObject taken = sendFile("application/vnd.sqlite3", database).json(201);
        assertThat(taken.get("records"))
                .hasToString(Integer.toString(objects(told, "documents").size()
                        + objects(told, "objects").size()));
        sendFile("application/x-sqlite3", database).problem(409, "room-exists");

        room = "r-" + UUID.randomUUID();
        sendFile("application/vnd.sqlite3", Arrays.copyOf(database, database.length / 2))
                .problem(422, "invalid-snapshot");
        sendFile("application/vnd.sqlite3", "no database".getBytes(StandardCharsets.UTF_8))
                .problem(422, "invalid-snapshot");
        sendFile("application/vnd.sqlite3", new byte[0]).problem(400, "invalid-request");
        sendFile("application/octet-stream", database).problem(415, "unsupported-media-type");
        admin.get("/rooms/" + room).problem(404, "room-not-found");
    }

    private Answer sendFile(String type, byte[] content) {
        return admin.send(
                admin.request(path("/import")).header("Content-Type", type).POST(BodyPublishers.ofByteArray(content)));
    }

    @Test
    @DisplayName(
            "a room that is there stays as it is, unless it is to be replaced: then those in it see the difference")
    void exists() {
        admin.post(path("/import"), tldr(page("one", "One"))).hasStatus(201);

        admin.post(path("/import"), tldr(page("two", "Two"))).problem(409, "room-exists");
        assertThat(names()).containsKey("page:one").doesNotContainKey("page:two");

        try (TestSocket client = TestSocket.join(port, room, "one")) {
            JsonObject body = admin.post(path("/import?ifExists=replace"), tldr(page("two", "Two")))
                    .json(200);
            assertThat(body.get("created")).hasToString("false");
            client.await(message -> message.toString().contains("\"page:one\":[\"remove\"]"));
            client.assertAlive();
        }
        assertThat(names()).containsKey("page:two").doesNotContainKey("page:one");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "not json | 400 | invalid-request",
                "{\"tldrawFileFormatVersion\":1 | 400 | invalid-request",
                "{} | 422 | invalid-snapshot",
                "{\"tldrawFileFormatVersion\":2,\"schema\":{},\"records\":[]} | 422 | invalid-snapshot",
                "{\"tldrawFileFormatVersion\":1,\"schema\":{},\"records\":[{\"id\":\"widget:1\",\"typeName\":\"widget\"}]} | 422 | invalid-snapshot",
                "{\"document\":{\"version\":15}} | 422 | invalid-snapshot",
            })
    @DisplayName("what is no room is not taken, and nothing of it is there")
    void wrong(String body, int status, String problem) {
        admin.post(path("/import"), body).problem(status, problem);
        admin.get(path("")).problem(404, "room-not-found");
    }

    @Test
    @DisplayName("one record that does not pass keeps all others out")
    void halfARoom() {
        JsonObject problem = admin.post(
                        path("/import"),
                        tldr(page("one", "One"), page("two", "Two").replace("\"a1\"", "7")))
                .problem(422, "invalid-snapshot");
        assertThat(problem.string("detail")).contains("page:two", "index");
        admin.get(path("")).problem(404, "room-not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?ifExists=maybe", "?history=old"})
    @DisplayName("a parameter with another value is refused")
    void parameters(String query) {
        admin.post(path("/import" + query), tldr()).problem(400, "invalid-request");
    }

    @Test
    @DisplayName(
            "[§21.21] the clients of the server that a room comes from go on from what they know, if that is wanted")
    void history() throws Exception {
        String snapshot = new String(resource("board.json"), StandardCharsets.UTF_8);

        JsonObject kept = admin.post(path("/import?history=kept"), snapshot).json(201);

        assertThat(kept.get("historyKept")).hasToString("true");
        assertThat(clock(kept)).isGreaterThan(1L << 40);
        JsonObject stored = admin.get(path("/snapshot")).json(200);
        assertThat(((JsonObject) Objects.requireNonNull(stored.get("tombstones"))).keys())
                .contains("shape:gone");
        assertThat(objects(stored, "documents").stream()
                        .filter(each -> each.toString().contains("\"shape:b\""))
                        .map(each -> String.valueOf(each.get("lastChangedClock"))))
                .containsExactly("2");

        room = "r-" + UUID.randomUUID();
        assertThat(admin.post(path("/import"), snapshot).json(201).get("historyKept"))
                .hasToString("false");
    }

    @Test
    @DisplayName("a room is downloaded as a .tldr file, and as a snapshot, with the clock as its version")
    void export() throws Exception {
        long clock =
                clock(admin.post(path("/import"), tldr(page("one", "Grüße"))).json(201));

        Answer answer = admin.get(path("/export"));

        assertThat(answer.header("Content-Type")).isEqualTo("application/vnd.tldraw+json");
        assertThat(answer.header("Content-Disposition")).isEqualTo("attachment; filename=\"" + room + ".tldr\"");
        assertThat(answer.header("ETag")).isEqualTo("\"" + clock + "\"");
        JsonObject file = answer.json(200);
        assertThat(file.keys()).containsExactly("tldrawFileFormatVersion", "schema", "records");
        assertThat(file.get("tldrawFileFormatVersion")).hasToString("1");
        assertThat(file.get("schema")).isEqualTo(Json.parse(SCHEMA));
        assertThat(objects(file, "records")).hasSize(2);
        admin.get(path("/export"), "If-None-Match", "\"" + clock + "\"").hasStatus(304);

        Answer snapshot = admin.get(path("/export?format=snapshot"));
        assertThat(snapshot.header("Content-Type")).startsWith("application/json");
        assertThat(snapshot.body()).isEqualTo(admin.get(path("/snapshot")).body());

        admin.get(path("/export?format=pdf")).problem(400, "invalid-request");
        admin.get(path("/export?assets=inline")).hasStatus(200);
        admin.get("/rooms/nowhere/export").problem(404, "room-not-found");
    }

    @Test
    @DisplayName("tldraw itself opens the .tldr file, and finds what the room has")
    void opened() throws Exception {
        admin.post(path("/import"), new String(resource("board.json"), StandardCharsets.UTF_8))
                .hasStatus(201);
        Path file = folder.resolve("board.tldr");
        Files.writeString(file, admin.get(path("/export")).body());

        Map<String, JsonValue> expected = objects(admin.get(path("/snapshot")).json(200), "documents").stream()
                .map(each -> (JsonObject) Objects.requireNonNull(each.get("state")))
                .collect(Collectors.toMap(record -> String.valueOf(record.string("id")), record -> record));
        assertThat(openedByTldraw(file)).isEqualTo(expected);
    }

    private static Map<String, JsonValue> openedByTldraw(Path file) throws Exception {
        Process process = NodeScript.in("moving").start("open-file.mjs", file.toString());
        try (BufferedReader output = process.inputReader()) {
            String line = output.lines()
                    .peek(System.out::println)
                    .filter(each -> each.startsWith("RECORDS "))
                    .findFirst()
                    .orElseThrow();
            JsonObject records = (JsonObject) Json.parse(line.substring("RECORDS ".length()));
            return records.entries().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        } finally {
            process.destroyForcibly();
        }
    }

    private Map<String, String> names() {
        return objects(admin.get(path("/records")).json(200), "records").stream()
                .collect(Collectors.toMap(
                        record -> String.valueOf(record.string("id")),
                        record -> String.valueOf(record.string("name"))));
    }

    private String path(String more) {
        return "/rooms/" + room + more;
    }

    private static String tldr(String... records) {
        return "\uFEFF{\"tldrawFileFormatVersion\":1,\"schema\":" + SCHEMA + ",\"records\":[" + DOCUMENT
                + String.join("", Arrays.stream(records).map(each -> "," + each).toList()) + "]}";
    }

    private static String page(String id, String name) {
        return "{\"id\":\"page:%s\",\"typeName\":\"page\",\"name\":\"%s\",\"index\":\"a1\",\"meta\":{}}"
                .formatted(id, name);
    }

    private static String pointer() {
        return "{\"id\":\"pointer:pointer\",\"typeName\":\"pointer\",\"x\":0,\"y\":0,\"lastActivityTimestamp\":0,\"meta\":{}}";
    }

    private static long clock(JsonObject object) {
        return (long) ((JsonNumber) Objects.requireNonNull(object.get("documentClock"))).value();
    }

    private static byte[] resource(String name) throws Exception {
        try (InputStream in = MovingIT.class.getResourceAsStream("/moving/" + name)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }
}
