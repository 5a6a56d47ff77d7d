package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.room.Author;
import dev.drawbridge.room.RecordAuthorizer;
import dev.drawbridge.security.AccessDecision.Allowed;
import dev.drawbridge.security.Permission;
import dev.drawbridge.security.RoomAccess;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "drawbridge.admin.token=" + AdminClient.TOKEN,
            "drawbridge.schema.object-types=user"
        })
@Import(ObjectLaneIT.Own.class)
@DisplayName("A server on which records of users are objects")
class ObjectLaneIT {
    @TempDir
    static Path folder;

    @LocalServerPort
    int port;

    private final String room = "r-" + UUID.randomUUID();
    private AdminClient admin = new AdminClient(0);

    @TestConfiguration(proxyBeanMethods = false)
    static class Own {

        /** The session's query says who it is, and what it may do. */
        @Bean
        RoomAccess own() {
            return request -> new Allowed(
                    Permission.valueOf(Objects.requireNonNull(request.query().getFirst("may"))),
                    request.query().getFirst("who"),
                    null,
                    null);
        }

        /** Users have the name of who makes them; nobody may change another's. */
        @Bean
        RecordAuthorizer users() {
            return new RecordAuthorizer() {
                @Override
                public Set<String> typeNames() {
                    return Set.of("user");
                }

                @Override
                public Optional<JsonObject> create(Author author, JsonObject record) {
                    return author.userId().map(user -> record.with("name", new JsonString(user)));
                }

                @Override
                public boolean mayUpdate(Author author, JsonObject before, JsonObject after) {
                    return author.userId().equals(Optional.ofNullable(before.string("name")));
                }

                @Override
                public boolean mayDelete(Author author, JsonObject record) {
                    throw new IllegalStateException("nobody has thought of that");
                }
            };
        }
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry properties) {
        properties.add("drawbridge.store.sqlite.path", () -> folder.resolve("rooms.db"));
        properties.add("drawbridge.assets.directory", () -> folder.resolve("assets"));
    }

    @BeforeEach
    void client() {
        admin = new AdminClient(port);
    }

    private TestSocket join(String who, Permission may) {
        return TestSocket.open(port, "/connect/" + room + "?sessionId=" + who + "&who=" + who + "&may=" + may);
    }

    private static String user(String id, String color) {
        return """
                "user:%s":["put",{"id":"user:%s","typeName":"user","name":"?","color":"%s","imageUrl":"","meta":{}}]\
                """.formatted(id, id, color);
    }

    private static String push(TestSocket socket, int clock, String diff) {
        socket.send("{\"type\":\"push\",\"clientClock\":" + clock + ",\"diff\":{" + diff + "}}");
        return socket.await(message -> message.toString().contains("\"clientClock\":" + clock + ","))
                .toString();
    }

    @Test
    @DisplayName("lets those who may comment write them, and not the document; who is who is for its bean to say")
    void comment() {
        String page = "\"page:page\":[\"patch\",{\"name\":[\"put\",\"Mine\"]}]";
        try (TestSocket ann = join("ann", Permission.COMMENT);
                TestSocket bob = join("bob", Permission.EDIT);
                TestSocket cat = join("cat", Permission.VIEW)) {
            assertThat(ann.connect().toString()).contains("\"isReadonly\":true,\"objectAccess\":\"write\"");
            assertThat(bob.connect().toString()).contains("\"isReadonly\":false,\"objectAccess\":\"write\"");
            assertThat(cat.connect().toString()).contains("\"isReadonly\":true,\"objectAccess\":\"read\"");

            assertThat(push(ann, 1, user("a", "red") + "," + page))
                    .contains("rebaseWithDiff", "\"name\":\"ann\"")
                    .doesNotContain("Mine");
            assertThat(push(bob, 2, user("a", "blue"))).contains("discard");
            assertThat(push(cat, 3, user("c", "blue"))).contains("discard");
            assertThat(push(bob, 4, page)).contains("commit");
            assertThat(push(ann, 5, "\"user:a\":[\"patch\",{\"color\":[\"put\",\"green\"]}]"))
                    .contains("commit");
        }
    }

    @Test
    @DisplayName("takes a bean that fails for a no, and logs it once")
    void failing(CapturedOutput output) {
        try (TestSocket ann = join("ann", Permission.EDIT)) {
            ann.connect();
            push(ann, 1, user("a", "red") + "," + user("b", "red"));
            assertThat(push(ann, 2, "\"user:a\":[\"remove\"]")).contains("discard");
            assertThat(push(ann, 3, "\"user:b\":[\"remove\"]")).contains("discard");
        }
        assertThat(output.toString().split("nobody has thought of that", -1)).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    @DisplayName("keeps them when an earlier document is put back, and gives them a part of their own")
    void restored() {
        try (TestSocket ann = join("ann", Permission.EDIT)) {
            ann.connect();
            push(ann, 1, user("a", "red"));
            String before =
                    admin.get("/rooms/" + room + "/snapshot").hasStatus(200).body();
            assertThat(before.substring(before.indexOf("\"objects\""))).contains("user:a");
            assertThat(before.substring(0, before.indexOf("\"objects\""))).doesNotContain("user:a");
            assertThat(admin.get("/rooms/" + room + "/export").hasStatus(200).body())
                    .contains("page:page")
                    .doesNotContain("user:a");

            push(ann, 2, "\"user:a\":[\"patch\",{\"color\":[\"put\",\"green\"]}]," + user("b", "blue"));
            push(ann, 3, "\"page:page\":[\"patch\",{\"name\":[\"put\",\"Mine\"]}]");
            admin.put("/rooms/" + room + "/snapshot", before).hasStatus(200);
            assertThat(snapshot()).contains("green", "user:b").doesNotContain("Mine");

            admin.put("/rooms/" + room + "/snapshot?objects=replaced", before).hasStatus(200);
            assertThat(snapshot()).contains("red").doesNotContain("\"id\":\"user:b\"");
            admin.put("/rooms/" + room + "/snapshot?objects=eaten", before).problem(400, "invalid-request");
        }
    }

    private String snapshot() {
        return admin.get("/rooms/" + room + "/snapshot").hasStatus(200).body();
    }

    @Test
    @DisplayName("makes a room of a snapshot with all of it, and a copy as well")
    void made() {
        try (TestSocket ann = join("ann", Permission.EDIT)) {
            ann.connect();
            push(ann, 1, user("a", "red"));
        }
        String copy = "c-" + UUID.randomUUID();
        admin.post("/rooms", "{\"id\":\"" + copy + "\",\"snapshot\":" + snapshot() + "}")
                .hasStatus(201);
        assertThat(admin.get("/rooms/" + copy + "/records/user:a")
                        .hasStatus(200)
                        .body())
                .contains("\"ann\"");
    }

    @Test
    @DisplayName("has an operator give and take the right to write them")
    void changed() {
        try (TestSocket ann = join("ann", Permission.VIEW)) {
            ann.connect();
            JsonObject session = admin.patch(
                            "/rooms/" + room + "/sessions/ann", "{\"readonly\":true,\"objectAccess\":\"write\"}")
                    .json(200);
            assertThat(session.string("objectAccess")).isEqualTo("write");
            admin.patch("/rooms/" + room + "/sessions/ann", "{\"readonly\":true,\"objectAccess\":\"all\"}")
                    .problem(400, "invalid-request");
            ann.awaitClose();
        }
        try (TestSocket ann = join("ann", Permission.VIEW)) {
            assertThat(ann.connect().toString()).contains("\"isReadonly\":true,\"objectAccess\":\"write\"");
        }
    }
}
