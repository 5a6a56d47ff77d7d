package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.drawbridge.DrawbridgeApplication;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.protocol.Protocol;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import dev.drawbridge.web.TestSocket.Closed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
@DisplayName("A server with types of a team's own")
class OwnTypesIT {
    private static final String SEQUENCE = "com.tldraw.shape.card";
    private static final String VERSION_1 = """
            {"version": 1, "shapes": {"card": {"props": {"title": "string"}}}}""";
    private static final String VERSION_2 = """
            {"version": 1, "shapes": {"card": {"props": {"title": "string", "color": {"style": "tldraw:color"}},
             "migrations": [{"up": [{"add": {"color": "black"}}], "down": [{"remove": "color"}]}]}}}""";
    private static final String CODE = """
            {"version": 1, "shapes": {"card": {"props": {"title": "string", "words": "integer"},
             "migrations": [{"name": "Count", "up": "code"}]}}}""";

    @TempDir
    Path folder;

    private final String room = "r-" + UUID.randomUUID();
    private Path types = Path.of("");

    @BeforeEach
    void write() throws IOException {
        types = Files.writeString(folder.resolve("types.json"), VERSION_1);
    }

    private ConfigurableApplicationContext start(String... settings) {
        String[] all = new String[settings.length + 5];
        all[0] = "--server.port=0";
        all[1] = "--server.address=127.0.0.1";
        all[2] = "--drawbridge.admin.token=" + AdminClient.TOKEN;
        all[3] = "--drawbridge.store.sqlite.path=" + folder.resolve("rooms.db");
        all[4] = "--drawbridge.assets.directory=" + folder.resolve("assets");
        System.arraycopy(settings, 0, all, 5, settings.length);
        return new SpringApplicationBuilder(DrawbridgeApplication.class).run(all);
    }

    private ConfigurableApplicationContext startWithTypes(String... more) {
        String[] all = new String[more.length + 1];
        all[0] = "--drawbridge.schema.files=file:" + folder + "/*.json";
        System.arraycopy(more, 0, all, 1, more.length);
        return start(all);
    }

    private static int port(ConfigurableApplicationContext server) {
        return server.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private TestSocket open(ConfigurableApplicationContext server, int version) {
        JsonObject ours = TldrawSchema.create().serialize().json();
        JsonObject sequences = (JsonObject) Objects.requireNonNull(ours.get("sequences"));
        TestSocket socket = TestSocket.open(port(server), "/connect/" + room + "?sessionId=" + UUID.randomUUID());
        socket.send(JsonObject.builder()
                .put("type", "connect")
                .put("connectRequestId", "request")
                .put("protocolVersion", Protocol.VERSION)
                .put("lastServerClock", -1)
                .put("schema", ours.with("sequences", sequences.with(SEQUENCE, JsonNumber.of(version))))
                .build()
                .toString());
        return socket;
    }

    private TestSocket join(ConfigurableApplicationContext server, int version) {
        TestSocket socket = open(server, version);
        socket.await(message -> message.toString().contains("\"wipe_all\""));
        return socket;
    }

    private static void push(TestSocket socket, String type, String props) {
        socket.send("""
                {"type":"push","clientClock":1,"diff":{"shape:abc":["put",{"id":"shape:abc","typeName":"shape","type":"%s",\
                "x":0,"y":0,"rotation":0,"index":"a1","parentId":"page:page","isLocked":false,"opacity":1,"meta":{},\
                "props":%s}]}}""".formatted(type, props));
    }

    private static void assertCommitted(TestSocket socket) {
        socket.await(message -> message.toString().contains("\"action\":\"commit\""));
    }

    private String card(AdminClient admin) {
        return admin.get("/rooms/" + room + "/records/shape:abc").hasStatus(200).body();
    }

    @Test
    @DisplayName("takes what its file describes, and refuses what it does not, with what to do in the log")
    void described(CapturedOutput output) {
        try (ConfigurableApplicationContext server = startWithTypes();
                TestSocket good = join(server, 0);
                TestSocket bad = join(server, 0);
                TestSocket unknown = join(server, 0)) {
            push(good, "card", "{\"title\":\"A\"}");
            assertCommitted(good);
            push(bad, "card", "{\"title\":7}");
            assertThat(bad.awaitClose()).isEqualTo(new Closed(4099, "INVALID_RECORD"));
            push(unknown, "poll", "{}");
            assertThat(unknown.awaitClose()).isEqualTo(new Closed(4099, "INVALID_RECORD"));
        }
        assertThat(output).contains("\"poll\" is unknown to this server: docs/types.md");
    }

    @Test
    @DisplayName("reads its files again, and goes on with clients of both versions")
    void reloaded() throws IOException {
        try (ConfigurableApplicationContext server = startWithTypes()) {
            AdminClient admin = new AdminClient(port(server));
            try (TestSocket old = join(server, 0)) {
                push(old, "card", "{\"title\":\"A\"}");
                assertCommitted(old);

                Files.writeString(
                        types, "{\"version\": 1, \"shapes\": {\"card\": {\"props\": {\"title\": \"text\"}}}}");
                assertThat(admin.post("/schema/reload", "")
                                .problem(422, "invalid-schema")
                                .string("detail"))
                        .contains("types.json at /shapes/card/props/title: \"text\" is no validator");

                Files.writeString(
                        types, "{\"version\": 1, \"shapes\": {\"card\": {\"props\": {\"title\": \"number\"}}}}");
                assertThat(admin.post("/schema/reload", "")
                                .problem(409, "cannot-follow")
                                .string("detail"))
                        .contains(room, "shape:abc", "props.title");

                assertThat(admin.post("/schema/reload?dryRun=perhaps", "")
                                .problem(400, "invalid-request")
                                .string("detail"))
                        .isEqualTo("dryRun: expected true or false");
                Files.writeString(types, VERSION_2);
                assertThat(admin.post("/schema/reload?dryRun=true", "")
                                .hasStatus(200)
                                .body())
                        .contains("\"done\":false", SEQUENCE, "\"openRooms\":1");
                assertThat(admin.post("/schema/reload?unload=true", "")
                                .hasStatus(200)
                                .body())
                        .contains("\"done\":true", "\"unloaded\":1");
                assertThat(old.awaitClose().code()).isEqualTo(1012);
            }
            assertThat(card(admin)).contains("\"color\":\"black\"");
            try (TestSocket old = join(server, 0);
                    TestSocket current = join(server, 1)) {
                push(old, "card", "{\"title\":\"B\"}");
                current.await(message -> message.toString().contains("\"B\""));
                assertThat(card(admin)).contains("\"color\":\"black\"", "\"B\"");
            }
            try (TestSocket newer = open(server, 2)) {
                assertThat(newer.awaitClose()).isEqualTo(new Closed(4099, "SERVER_TOO_OLD"));
            }
        }
    }

    @Test
    @DisplayName("does not start with a file that is faulty, or not there, and says why in a sentence")
    void faulty(CapturedOutput output) throws IOException {
        Files.writeString(types, "{\"version\": 1, \"shape\": {}}");
        assertThatThrownBy(this::startWithTypes).isNotNull();
        assertThat(output)
                .contains("types.json at /shape: \"shape\" is not known here; allowed are ")
                .doesNotContain("\tat dev.drawbridge");
        assertThatThrownBy(() -> start("--drawbridge.schema.files=" + folder.resolve("none.json")))
                .isNotNull();
        assertThat(output).contains("names no file that can be read");
    }

    @Test
    @DisplayName("takes unknown types unseen when it is told to, and migrates them when they are described later")
    void unseen(CapturedOutput output) throws IOException {
        try (ConfigurableApplicationContext server = start("--drawbridge.schema.unknown-types=accept");
                TestSocket client = join(server, 0)) {
            push(client, "card", "{\"title\":\"A\"}");
            assertCommitted(client);
            try (TestSocket newer = open(server, 1)) {
                assertThat(newer.awaitClose()).isEqualTo(new Closed(4099, "SERVER_TOO_OLD"));
            }
        }
        assertThat(output).contains("shape card is unknown to this server: its props and meta are taken unseen");
        Files.writeString(types, VERSION_2);
        try (ConfigurableApplicationContext server = startWithTypes();
                TestSocket client = join(server, 1)) {
            assertThat(client.messages().toString()).contains("\"color\":\"black\"");
        }
    }

    @Test
    @DisplayName("has a service of the team's run steps that are code; without it the room stays closed and as it was")
    void code(CapturedOutput output) throws IOException {
        try (ConfigurableApplicationContext server = startWithTypes();
                TestSocket client = join(server, 0)) {
            push(client, "card", "{\"title\":\"two words\"}");
            assertCommitted(client);
        }
        Files.writeString(types, CODE);
        AtomicBoolean answers = new AtomicBoolean();
        HttpServer migrator = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        migrator.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            byte[] answer = answers.get() ? counted(body) : new byte[0];
            exchange.sendResponseHeaders(answers.get() ? 200 : 500, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        migrator.start();
        try (ConfigurableApplicationContext server = startWithTypes("--drawbridge.schema.migrator.url=http://127.0.0.1:"
                + migrator.getAddress().getPort() + "/migrate")) {
            try (TestSocket client = open(server, 1)) {
                assertThat(client.awaitClose().code()).isEqualTo(1013);
            }
            assertThat(output)
                    .contains(
                            "room " + room + ": given up, because what is stored of it cannot be used: " + SEQUENCE
                                    + "/1 (Count) is code, and the migrator at http://127.0.0.1:",
                            "fails: it has answered 500")
                    .doesNotContain("\tat dev.drawbridge");
            answers.set(true);
            try (TestSocket client = join(server, 1)) {
                assertThat(client.messages().toString()).contains("\"words\":2");
            }
            try (TestSocket older = open(server, 0)) {
                assertThat(older.awaitClose()).isEqualTo(new Closed(4099, "CLIENT_TOO_OLD"));
            }
        } finally {
            migrator.stop(0);
        }
    }

    private static byte[] counted(byte[] question) {
        try {
            JsonObject asked = (JsonObject) Json.parse(question);
            List<JsonValue> records = ((JsonArray) Objects.requireNonNull(asked.get("records")))
                    .items().stream().map(OwnTypesIT::counted).toList();
            return Json.encode(JsonObject.of("records", new JsonArray(records)));
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonValue counted(JsonValue record) {
        JsonObject props = (JsonObject) Objects.requireNonNull(((JsonObject) record).get("props"));
        int words = ((JsonString) Objects.requireNonNull(props.get("title")))
                .value()
                .split(" ", -1)
                .length;
        return ((JsonObject) record).with("props", props.with("words", JsonNumber.of(words)));
    }
}
