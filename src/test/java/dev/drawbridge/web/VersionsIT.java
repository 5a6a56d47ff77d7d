package dev.drawbridge.web;

import static dev.drawbridge.web.AdminClient.objects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.web.AdminClient.Answer;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
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

/** The past of rooms over real HTTP, while real sockets look on. */
@DisplayName("Versions of a room, for an operator")
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "drawbridge.admin.token=" + AdminClient.TOKEN,
            "drawbridge.schema.object-types=user",
            "drawbridge.history.every=0"
        })
class VersionsIT {
    private static final String NO_VERSION = "/versions/019ac0ffee42-3fa9c1";
    private static final Duration SOON = Duration.ofSeconds(20);

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
        properties.add("drawbridge.assets.directory", () -> folder.resolve("assets"));
    }

    @BeforeEach
    void operator() {
        admin = new AdminClient(port);
        room = "r-" + UUID.randomUUID();
        admin.post("/rooms", "{\"id\":\"" + room + "\"}").hasStatus(201);
    }

    private String path(String more) {
        return "/rooms/" + room + more;
    }

    private JsonObject make(String body) {
        return admin.post(path("/versions"), body).json(201);
    }

    private List<JsonObject> versions() {
        return objects(admin.get(path("/versions")).json(200), "versions");
    }

    private static String id(JsonObject object) {
        return Objects.requireNonNull(object.string("id"));
    }

    private static long number(JsonObject object, String name) {
        return (long) Objects.requireNonNull((JsonNumber) object.get(name)).value();
    }

    private long clock() {
        return number(admin.get(path("")).json(200), "documentClock");
    }

    private void putPage(String id, String name) {
        admin.put(path("/records/page:" + id), page(id, name));
    }

    private static String page(String id, String name) {
        return """
                {"id":"page:%s","typeName":"page","name":"%s","index":"a5","meta":{}}""".formatted(id, name);
    }

    private String record(String id) {
        return admin.get(path("/records/" + id)).body();
    }

    @Nested
    @DisplayName("are made")
    class Making {

        @Test
        @DisplayName("by a program, by a person, with a name or without")
        void made() {
            Answer first = admin.send(admin.request(path("/versions")).POST(noBody()));
            JsonObject plain = first.json(201);
            assertThat(first.header("Location")).isEqualTo("/admin/v1" + path("/versions/" + id(plain)));
            assertThat(plain.keys()).containsExactly("id", "time", "clock", "reason", "by", "records", "bytes");
            assertThat(plain.string("reason")).isEqualTo("api");
            assertThat(number(plain, "clock")).isEqualTo(clock());
            assertThat(number(plain, "records")).isEqualTo(2);
            assertThat(number(plain, "bytes")).isPositive();
            assertThat(Instant.parse(plain.string("time")))
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));

            putPage("x", "more");
            JsonObject named = make("{\"name\":\"Before the workshop\",\"reason\":\"manual\"}");
            assertThat(named.string("name")).isEqualTo("Before the workshop");
            assertThat(named.string("reason")).isEqualTo("manual");
            assertThat(admin.get(path("/versions/" + id(named))).json(200)).isEqualTo(named);
            assertThat(versions().stream().map(VersionsIT::id)).containsExactly(id(named), id(plain));
        }

        @Test
        @DisplayName("of what people have just drawn, and nobody notices")
        void drawing() {
            try (TestSocket ada = TestSocket.join(port, room, "ada")) {
                ada.push(1, "one", "first");
                JsonObject version = make("{}");
                ada.push(2, "one", "second");
                assertThat(admin.get(path("/versions/" + id(version) + "/snapshot"))
                                .hasStatus(200)
                                .body())
                        .contains("\"first\"")
                        .doesNotContain("second");
                ada.assertAlive();
            }
        }

        @Test
        @DisplayName("when the last one has left")
        void lastLeft() {
            try (TestSocket ada = TestSocket.join(port, room, "ada")) {
                ada.push(1, "one", "drawn");
            }
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(versions().stream().map(version -> version.string("reason")))
                            .containsExactly("last-left"));
            assertThat(admin.get(path("/versions/" + id(versions().getFirst()) + "/snapshot"))
                            .body())
                    .contains("\"drawn\"");
        }

        @ParameterizedTest(name = "not with {0}")
        @CsvSource(delimiter = '|', textBlock = """
                {"name":""}                 | name
                {"name":" "}                | name
                {"name":7}                  | name
                {"name":"a\\u0007b"}        | name
                {"name":"a\\u2028b"}        | name
                {"name":"\\ud800"}          | name
                {"reason":"auto"}           | reason
                {"reason":null}             | reason
                {"colour":"red"}            | colour
                []                          | object
                """)
        void odd(String body, String told) {
            assertThat(admin.post(path("/versions"), body)
                            .problem(400, "invalid-request")
                            .string("detail"))
                    .contains(told);
            assertThat(versions()).isEmpty();
        }

        @Test
        @DisplayName("with a name of two hundred characters, and not of one more")
        void longName() {
            make("{\"name\":\"" + "n".repeat(200) + "\"}");
            admin.post(path("/versions"), "{\"name\":\"" + "n".repeat(201) + "\"}")
                    .problem(400, "invalid-request");
        }
    }

    @Nested
    @DisplayName("are listed")
    class Listing {

        @Test
        @DisplayName("the newest first, page by page, with what all of them take")
        void pages() {
            List<String> made = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                putPage("x", "state " + i);
                made.addFirst(id(make("{}")));
            }
            JsonObject first = admin.get(path("/versions?limit=2")).json(200);
            assertThat(number((JsonObject) Objects.requireNonNull(first.get("usage")), "count"))
                    .isEqualTo(5);
            assertThat(number((JsonObject) Objects.requireNonNull(first.get("usage")), "bytes"))
                    .isPositive();
            assertThat(first.string("next")).isEqualTo(made.get(1));
            JsonObject second = admin.get(path("/versions?limit=2&cursor=" + first.string("next")))
                    .json(200);
            JsonObject third = admin.get(path("/versions?limit=2&cursor=" + second.string("next")))
                    .json(200);
            assertThat(third.keys()).doesNotContain("next");
            assertThat(Stream.of(first, second, third)
                            .flatMap(page -> objects(page, "versions").stream())
                            .map(VersionsIT::id))
                    .isEqualTo(made);
        }

        @Test
        @DisplayName("not with an odd limit or cursor, and not of a room that there is not")
        void odd() {
            admin.get(path("/versions?limit=0")).problem(400, "invalid-request");
            admin.get(path("/versions?limit=201")).problem(400, "invalid-request");
            admin.get(path("/versions?limit=many")).problem(400, "invalid-request");
            admin.get(path("/versions?cursor=odd")).problem(400, "invalid-request");
            admin.get("/rooms/no-such-room/versions").problem(404, "room-not-found");
            admin.get("/rooms/no!room/versions").problem(404, "room-not-found");
        }
    }

    @Nested
    @DisplayName("are looked at")
    class Reading {

        @Test
        @DisplayName("as a snapshot and as a file, at the clock that they had")
        void snapshot() {
            putPage("x", "old");
            JsonObject version = make("{}");
            putPage("x", "new");
            String base = path("/versions/" + id(version) + "/snapshot");

            Answer snapshot = admin.get(base);
            assertThat(snapshot.json(200).toString()).contains("\"old\"").doesNotContain("\"new\"");
            assertThat(number(snapshot.json(200), "documentClock")).isEqualTo(number(version, "clock"));
            assertThat(snapshot.header("ETag")).isEqualTo("\"" + id(version) + "\"");
            admin.get(base, "If-None-Match", snapshot.header("ETag")).hasStatus(304);
            assertThat(snapshot.header("Content-Disposition")).isEmpty();

            Answer file = admin.get(base + "?format=tldr&download").hasStatus(200);
            assertThat(file.header("Content-Type")).isEqualTo("application/vnd.tldraw+json");
            assertThat(file.header("Content-Disposition")).contains(room + "-" + id(version) + ".tldr");
            assertThat(file.body()).contains("tldrawFileFormatVersion", "\"old\"");
            assertThat(admin.get(base + "?download").header("Content-Disposition"))
                    .contains(room + "-" + id(version) + ".json");
            admin.get(base + "?format=pdf").problem(400, "invalid-request");
        }

        @Test
        @DisplayName("by what has changed: since the one before, since any, and until now")
        void changes() {
            putPage("a", "a");
            putPage("b", "b");
            String first = id(make("{}"));
            putPage("b", "B");
            putPage("c", "c");
            String second = id(make("{}"));
            admin.delete(path("/records/page:a")).hasStatus(204);

            JsonObject since =
                    admin.get(path("/versions/" + second + "/changes")).json(200);
            assertThat(since.string("version")).isEqualTo(second);
            assertThat(since.string("since")).isEqualTo(first);
            assertThat(String.valueOf(since.get("counts")))
                    .isEqualTo("{\"page\":{\"added\":1,\"changed\":1,\"removed\":0}}");
            assertThat(objects(since, "changes").stream()
                            .map(each -> each.string("change") + " " + each.string("typeName") + " " + id(each)))
                    .containsExactly("changed page page:b", "added page page:c");
            assertThat(since.get("more")).hasToString("false");
            assertThat(admin.get(path("/versions/" + second + "/changes?since=" + first))
                            .json(200))
                    .isEqualTo(since);

            JsonObject back = admin.get(path("/versions/" + first + "/changes?since=" + second))
                    .json(200);
            assertThat(objects(back, "changes").stream().map(each -> each.string("change")))
                    .containsExactly("changed", "removed");

            JsonObject now =
                    admin.get(path("/versions/" + first + "/changes?until=now")).json(200);
            assertThat(now.keys()).doesNotContain("version");
            assertThat(now.string("since")).isEqualTo(first);
            assertThat(objects(now, "changes").stream().map(each -> each.string("change") + " " + id(each)))
                    .containsExactly("removed page:a", "changed page:b", "added page:c");

            JsonObject few = admin.get(path("/versions/" + first + "/changes?until=now&limit=1"))
                    .json(200);
            assertThat(objects(few, "changes")).hasSize(1);
            assertThat(few.get("more")).hasToString("true");
            assertThat(few.get("counts")).isEqualTo(now.get("counts"));

            JsonObject begin =
                    admin.get(path("/versions/" + first + "/changes")).json(200);
            assertThat(begin.keys()).doesNotContain("since");
            assertThat(objects(begin, "changes")).allMatch(each -> "added".equals(each.string("change")));
        }

        @Test
        @DisplayName("by changes, not with odd parameters")
        void oddChanges() {
            String version = id(make("{}"));
            for (String query :
                    List.of("until=then", "limit=0", "limit=1001", "limit=x", "until=now&since=" + version)) {
                admin.get(path("/versions/" + version + "/changes?" + query)).problem(400, "invalid-request");
            }
            for (String since : List.of("odd", "019ac0ffee42-3fa9c1")) {
                admin.get(path("/versions/" + version + "/changes?since=" + since))
                        .problem(404, "version-not-found");
            }
        }
    }

    @Nested
    @DisplayName("are restored")
    class Restoring {

        @Test
        @DisplayName("as a patch for those who look on, and what was there is a version first")
        void patch() {
            try (TestSocket ada = TestSocket.join(port, room, "ada")) {
                ada.push(1, "one", "as it was");
                JsonObject version = make("{}");
                ada.push(2, "one", "as it is");
                ada.push(3, "two", "another");
                long clock = clock();

                Answer answer = admin.post(path("/versions/" + id(version) + "/restore"), "");
                JsonObject restored = answer.json(200);
                assertThat(number(restored, "documentClock"))
                        .isGreaterThan(clock)
                        .isEqualTo(clock());
                assertThat(answer.header("ETag")).isEqualTo("\"" + clock() + "\"");
                JsonObject before = (JsonObject) Objects.requireNonNull(restored.get("before"));
                assertThat(before.string("reason")).isEqualTo("before-restore");
                assertThat(number(before, "clock")).isEqualTo(clock);

                JsonObject patch = ada.await(message -> message.toString().contains("as it was")
                        && message.toString().contains("\"page:two\":[\"remove\"]"));
                assertThat(patch.toString())
                        .as("the page that is in both goes on under its id")
                        .contains("\"page:one\":[\"patch\"");
                ada.assertAlive();
                assertThat(record("page:one")).contains("as it was");
                assertThat(admin.get(path("/records/page:two")).response().statusCode())
                        .isEqualTo(404);

                admin.post(path("/versions/" + id(before) + "/restore"), "").hasStatus(200);
                assertThat(record("page:two")).contains("another");
            }
        }

        @Test
        @DisplayName("while records of the object lane stay as they are")
        void objectLane() {
            JsonObject version = make("{}");
            putPage("x", "gone again");
            String user = """
                    {"id":"user:a","typeName":"user","name":"Ada","color":"red","imageUrl":"","meta":{}}""";
            admin.put(path("/records/user:a"), user).hasStatus(201);

            admin.post(path("/versions/" + id(version) + "/restore"), "").hasStatus(200);
            assertThat(admin.get(path("/records/page:x")).response().statusCode())
                    .isEqualTo(404);
            assertThat(record("user:a")).contains("Ada");
            String later = id(make("{}"));
            assertThat(admin.get(path("/versions/" + later + "/snapshot")).body())
                    .doesNotContain("user:a");
        }

        @Test
        @DisplayName("only at the clock that is asked for")
        void ifMatch() {
            String version = id(make("{}"));
            putPage("x", "more");
            String restore = path("/versions/" + version + "/restore");
            JsonObject problem =
                    admin.body("POST", restore, "", "If-Match", "\"7\"").problem(412, "clock-mismatch");
            assertThat(number(problem, "documentClock")).isEqualTo(clock());
            assertThat(record("page:x")).contains("more");
            admin.body("POST", restore, "", "If-Match", "7").problem(400, "invalid-request");
            admin.body("POST", restore, "", "If-Match", "\"" + clock() + "\"").hasStatus(200);
        }

        @Test
        @DisplayName("as a room of their own")
        void duplicate() {
            putPage("x", "old");
            String version = id(make("{}"));
            putPage("x", "new");
            String copy = room + "-copy";
            String duplicate = path("/versions/" + version + "/duplicate");

            Answer made = admin.post(duplicate, "{\"id\":\"" + copy + "\"}");
            assertThat(made.json(201).string("id")).isEqualTo(copy);
            assertThat(made.header("Location")).isEqualTo("/admin/v1/rooms/" + copy);
            assertThat(admin.get("/rooms/" + copy + "/records/page:x").body()).contains("\"old\"");
            assertThat(objects(admin.get("/rooms/" + copy + "/versions").json(200), "versions"))
                    .isEmpty();
            admin.post(duplicate, "{\"id\":\"" + copy + "\"}").problem(409, "room-exists");
            admin.post(duplicate, "{\"id\":\"no!\"}").problem(400, "invalid-request");
            assertThat(admin.send(admin.request(duplicate).POST(noBody()))
                            .json(201)
                            .string("id"))
                    .isNotEqualTo(room);
        }
    }

    @Nested
    @DisplayName("are made of what is about to be replaced")
    class Before {

        private void assertThatOneIsKept(String reason, String content) {
            JsonObject kept = versions().getFirst();
            assertThat(kept.string("reason")).isEqualTo(reason);
            assertThat(admin.get(path("/versions/" + id(kept) + "/snapshot")).body())
                    .contains(content);
        }

        @Test
        @DisplayName("by a snapshot")
        void snapshot() {
            String empty = admin.get(path("/snapshot")).body();
            putPage("x", "precious");
            admin.put(path("/snapshot"), empty).hasStatus(200);
            assertThatOneIsKept("before-import", "\"precious\"");
        }

        @Test
        @DisplayName("by an import")
        void imported() {
            String empty = admin.get(path("/snapshot")).body();
            admin.post("/rooms/" + room + "-new/import", empty).hasStatus(201);
            assertThat(objects(admin.get("/rooms/" + room + "-new/versions").json(200), "versions"))
                    .as("there was nothing before")
                    .isEmpty();
            putPage("x", "precious");
            admin.post(path("/import?ifExists=replace"), empty).hasStatus(200);
            assertThatOneIsKept("before-import", "\"precious\"");
        }

        @Test
        @DisplayName("by the addresses of images, where there are images inside")
        void externalised() {
            admin.post(path("/assets/externalise"), "").hasStatus(200);
            assertThat(versions()).isEmpty();
            String image =
                    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
                            + "awAAAABJRU5ErkJggg==";
            String asset = """
                    {"id":"asset:i","typeName":"asset","type":"image","meta":{},"props":{"name":"i","src":"%s","w":1,
                    "h":1,"mimeType":"image/png","isAnimated":false}}""".formatted(image);
            admin.put(path("/records/asset:i"), asset).hasStatus(201);
            assertThat(number(admin.post(path("/assets/externalise"), "").json(200), "moved"))
                    .isEqualTo(1);
            assertThatOneIsKept("before-import", "data:image/png");
        }
    }

    @Nested
    @DisplayName("are named and deleted")
    class Changing {

        @Test
        @DisplayName("and named otherwise, and without a name again")
        void rename() {
            String version = path("/versions/" + id(make("{}")));
            assertThat(admin.patch(version, "{\"name\":\"Done ✓\"}").json(200).string("name"))
                    .isEqualTo("Done ✓");
            assertThat(admin.get(version).json(200).string("name")).isEqualTo("Done ✓");
            admin.patch(version, "{}").problem(400, "invalid-request");
            admin.patch(version, "{\"name\":\"\"}").problem(400, "invalid-request");
            assertThat(admin.patch(version, "{\"name\":null}").json(200).keys()).doesNotContain("name");
        }

        @Test
        @DisplayName("one by one, and all with their room")
        void delete() {
            putPage("x", "1");
            String first = id(make("{}"));
            putPage("x", "2");
            String second = id(make("{}"));
            admin.delete(path("/versions/" + first)).hasStatus(204);
            admin.get(path("/versions/" + first)).problem(404, "version-not-found");
            assertThat(admin.get(path("/versions/" + second + "/snapshot")).body())
                    .contains("\"2\"");

            admin.delete(path("")).hasStatus(204);
            admin.get(path("/versions")).problem(404, "room-not-found");
            admin.delete(path("")).problem(404, "room-not-found");
            admin.post("/rooms", "{\"id\":\"" + room + "\"}").hasStatus(201);
            assertThat(versions()).as("a room of the same name has no past").isEmpty();
        }
    }

    @ParameterizedTest(name = "{0} of one that there is not is answered with version-not-found")
    @ValueSource(strings = {"", "/snapshot", "/changes", "/changes?until=now"})
    void notThere(String what) {
        admin.get(path(NO_VERSION + what)).problem(404, "version-not-found");
        for (String odd : List.of("odd", "019AC0FFEE42-3FA9C1", "019ac0ffee42-3fa9c1x", "%7E")) {
            admin.get(path("/versions/" + odd + what)).problem(404, "version-not-found");
        }
        admin.get("/rooms/no!room" + NO_VERSION + what).problem(404, "room-not-found");
    }

    @Test
    @DisplayName("that are not there are not changed, restored or copied, and those of other rooms are not there")
    void notThere() {
        String other = id(make("{}"));
        room = room + "-2";
        admin.post("/rooms", "{\"id\":\"" + room + "\"}").hasStatus(201);
        for (String version : List.of("/versions/" + other, NO_VERSION, "/versions/odd")) {
            admin.get(path(version)).problem(404, "version-not-found");
            admin.get(path(version + "/snapshot")).problem(404, "version-not-found");
            admin.patch(path(version), "{\"name\":null}").problem(404, "version-not-found");
            admin.delete(path(version)).problem(404, "version-not-found");
            admin.post(path(version + "/restore"), "").problem(404, "version-not-found");
            admin.post(path(version + "/duplicate"), "{}").problem(404, "version-not-found");
        }
        admin.post("/rooms/no-such-room/versions", "{}").problem(404, "room-not-found");
    }

    @Test
    @DisplayName("need the operator's token")
    void token() {
        for (String more : List.of("/versions", NO_VERSION, NO_VERSION + "/snapshot")) {
            admin.send(admin.request(path(more))
                            .setHeader("Authorization", "Bearer wrong")
                            .GET())
                    .problem(401, "unauthorized");
        }
    }

    private static BodyPublisher noBody() {
        return BodyPublishers.noBody();
    }
}
