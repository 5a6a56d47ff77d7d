package dev.drawbridge.web;

import static dev.drawbridge.web.AdminClient.objects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import dev.drawbridge.web.AdminClient.Answer;
import dev.drawbridge.web.TestSocket.Closed;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
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

/** The admin API over real HTTP, while real sockets look on. */
@DisplayName("The admin API")
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "drawbridge.admin.token=" + AdminClient.TOKEN,
            "drawbridge.admin.max-body-size=1MB"
        })
class AdminApiIT {
    private static final int FATAL = 4099;

    @TempDir
    static Path folder;

    @LocalServerPort
    int port;

    @SuppressWarnings("NullAway.Init") // made before each test
    private AdminClient admin;

    private String room = "";
    private long firstClock;

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
    @DisplayName("gives back the space of deleted rooms, and says how much the store takes")
    void compact() {
        create();
        admin.delete(path("")).hasStatus(204);
        JsonObject sizes = admin.post("/store/compact", "").json(200);
        assertThat(sizes.keys()).containsExactly("bytesBefore", "bytesAfter");
    }

    private String path(String more) {
        return "/rooms/" + room + more;
    }

    private void create() {
        firstClock = clock(admin.post("/rooms", "{\"id\":\"" + room + "\"}").json(201));
    }

    private TestSocket join(String sessionId) {
        return TestSocket.join(port, room, sessionId);
    }

    private static String page(String id, String name) {
        return """
                {"id":"page:%s","typeName":"page","name":"%s","index":"a5","meta":{}}""".formatted(id, name);
    }

    private static String schema() {
        return TldrawSchema.create().serialize().json().toString();
    }

    private static long clock(JsonObject object) {
        return (long)
                Objects.requireNonNull((JsonNumber) object.get("documentClock")).value();
    }

    private static List<String> ids(JsonObject page, String member) {
        return objects(page, member).stream()
                .map(object -> String.valueOf(object.string("id")))
                .toList();
    }

    /** Puts the room away and waits until it is. */
    private void unload() {
        admin.post(path("/unload"), "").hasStatus(204);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(admin.get(path("")).json(200).string("state"))
                        .isEqualTo("stored"));
    }

    @Nested
    @DisplayName("rooms")
    class Rooms {

        @Test
        @DisplayName("a room is created, described and listed, and cannot be created twice")
        void create() {
            Answer created = admin.post("/rooms", "{\"id\":\"" + room + "\"}");

            JsonObject body = created.json(201);
            assertThat(created.header("Location")).isEqualTo("/admin/v1/rooms/" + room);
            assertThat(body.string("id")).isEqualTo(room);
            assertThat(Instant.ofEpochMilli(clock(body)))
                    .as("[§21.1] the first clock is where no earlier room of this name can have been")
                    .isBetween(Instant.now().minusSeconds(60), Instant.now());
            assertThat(body.get("records")).hasToString("2");
            assertThat(Instant.parse(body.string("created"))).isBeforeOrEqualTo(Instant.now());
            assertThat(Instant.parse(body.string("lastChanged"))).isBeforeOrEqualTo(Instant.now());
            assertThat(admin.get(path("")).json(200).string("id")).isEqualTo(room);
            assertThat(ids(admin.get("/rooms?query=" + room).json(200), "rooms"))
                    .containsExactly(room);
            admin.post("/rooms", "{\"id\":\"" + room + "\"}").problem(409, "room-exists");
        }

        @Test
        @DisplayName("a room without an id is given one")
        void withoutId() {
            String id = String.valueOf(admin.post("/rooms", "{}").json(201).string("id"));
            assertThat(id).hasSize(16);
            admin.get("/rooms/" + id).hasStatus(200);
        }

        @Test
        @DisplayName("a room is created with a snapshot of any format")
        void withSnapshot() {
            String state = page("mine", "Mine");
            String store = "{\"store\":{\"page:mine\":" + state + "},\"schema\":" + schema() + "}";
            String old = "{\"clock\":41,\"documents\":[{\"state\":" + state + ",\"lastChangedClock\":3}],\"schema\":"
                    + schema() + "}";
            for (String snapshot : List.of(store, old)) {
                JsonObject created =
                        admin.post("/rooms", "{\"snapshot\":" + snapshot + "}").json(201);
                assertThat(admin.get("/rooms/" + created.string("id") + "/records/page:mine")
                                .json(200)
                                .string("name"))
                        .isEqualTo("Mine");
            }
        }

        @ParameterizedTest(name = "{0} is refused: {1} {2}")
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{\"id\":\"a b\"}                                   | 400 | invalid-request",
                    "{\"id\":7}                                         | 400 | invalid-request",
                    "{\"name\":\"x\"}                                   | 400 | invalid-request",
                    "[]                                                 | 400 | invalid-request",
                    "{\"id\":                                           | 400 | invalid-request",
                    "{} {}                                              | 400 | invalid-request",
                    "{\"snapshot\":7}                                   | 422 | invalid-snapshot",
                    "{\"snapshot\":{\"documents\":[{\"state\":{}}]}}    | 422 | invalid-snapshot",
                    "{\"snapshot\":{\"schema\":{\"schemaVersion\":2,\"sequences\":{\"com.tldraw.store\":99}},\"documents\":[]}}"
                            + " | 422 | invalid-snapshot"
                })
        void refused(String body, int status, String problem) {
            admin.post("/rooms", body).problem(status, problem);
        }

        @Test
        @DisplayName("a listing goes page by page, in the order of ids, and each room is on one page")
        void paging() {
            List<String> made = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                made.add(room + "." + i);
                admin.post("/rooms", "{\"id\":\"" + made.getLast() + "\"}").hasStatus(201);
            }
            List<String> seen = new ArrayList<>();
            String next = "";
            do {
                JsonObject page = admin.get("/rooms?limit=2&query=" + room + (next.isEmpty() ? "" : "&cursor=" + next))
                        .json(200);
                assertThat(objects(page, "rooms")).hasSizeLessThanOrEqualTo(2);
                seen.addAll(ids(page, "rooms"));
                next = page.has("next") ? String.valueOf(page.string("next")) : "";
            } while (!next.isEmpty());
            assertThat(seen).isEqualTo(made);
        }

        @Test
        @DisplayName("a listing tells rooms that are open from those that are only stored")
        void states() {
            try (TestSocket client = join("one")) {
                client.assertAlive();
                JsonObject open = objects(
                                admin.get("/rooms?state=active&query=" + room).json(200), "rooms")
                        .getFirst();
                assertThat(open.string("state")).isEqualTo("active");
                assertThat(open.string("node")).isNotBlank();
                assertThat(open.get("sessions")).hasToString("1");
                assertThat(ids(admin.get("/rooms?state=stored&query=" + room).json(200), "rooms"))
                        .isEmpty();
            }
            unload();
            JsonObject stored = objects(
                            admin.get("/rooms?state=stored&query=" + room).json(200), "rooms")
                    .getFirst();
            assertThat(stored.has("node")).isFalse();
            assertThat(stored.get("records")).hasToString("2");
            assertThat(ids(admin.get("/rooms?state=active&query=" + room).json(200), "rooms"))
                    .isEmpty();
        }

        @ParameterizedTest(name = "a listing with {0} is refused")
        @ValueSource(strings = {"limit=0", "limit=201", "limit=x", "cursor=!", "cursor=", "cursor=_w", "state=open"})
        void badParameters(String query) {
            admin.get("/rooms?" + query).problem(400, "invalid-request");
        }

        @ParameterizedTest(name = "there is no room {0}")
        @ValueSource(strings = {"no-such-room", "a%20b", "r%C3%A4ume"})
        void notFound(String id) {
            admin.get("/rooms/" + id).problem(404, "room-not-found");
            admin.delete("/rooms/" + id).problem(404, "room-not-found");
            admin.get("/rooms/" + id + "/snapshot").problem(404, "room-not-found");
            admin.get("/rooms/" + id + "/records").problem(404, "room-not-found");
            admin.get("/rooms/" + id + "/sessions").problem(404, "room-not-found");
            admin.patch("/rooms/" + id + "/records", "{}").problem(404, "room-not-found");
            admin.post("/rooms/" + id + "/messages", "{\"data\":1}").problem(404, "room-not-found");
            admin.post("/rooms/" + id + "/unload", "").problem(404, "room-not-found");
        }

        @Test
        @DisplayName("a deleted room is gone for good, and who was in it is told NOT_FOUND")
        void delete() {
            try (TestSocket client = join("one")) {
                client.push(1, "mine", "Mine");
                admin.delete(path("")).hasStatus(204);
                assertThat(client.awaitClose()).isEqualTo(new Closed(FATAL, "NOT_FOUND"));
            }
            admin.get(path("")).problem(404, "room-not-found");
            AdminApiIT.this.create();
            admin.get(path("/records/page:mine")).problem(404, "record-not-found");
        }

        @Test
        @DisplayName("a stored room is deleted too")
        void deleteStored() {
            AdminApiIT.this.create();
            unload();
            admin.delete(path("")).hasStatus(204);
            admin.delete(path("")).problem(404, "room-not-found");
        }

        @Test
        @DisplayName("a duplicate has the same document, and a life of its own")
        void duplicate() {
            AdminApiIT.this.create();
            admin.put(path("/records/page:mine"), page("mine", "Mine")).hasStatus(201);

            Answer answer = admin.post(path("/duplicate"), "{\"id\":\"" + room + ".copy\"}");
            assertThat(answer.json(201).string("id")).isEqualTo(room + ".copy");
            assertThat(answer.header("Location")).isEqualTo("/admin/v1/rooms/" + room + ".copy");
            admin.delete(path("/records/page:mine")).hasStatus(204);
            admin.get("/rooms/" + room + ".copy/records/page:mine").hasStatus(200);

            admin.post(path("/duplicate"), "{\"id\":\"" + room + ".copy\"}").problem(409, "room-exists");
            Answer unnamed = admin.send(admin.request(path("/duplicate")).POST(BodyPublishers.noBody()));
            assertThat(unnamed.json(201).string("id")).hasSize(16);
        }

        @Test
        @DisplayName("an unloaded room closes its sockets so that clients come back, and is there when they do")
        void unloaded() {
            try (TestSocket client = join("one")) {
                client.push(1, "mine", "Mine");
                admin.post(path("/unload"), "").hasStatus(204);
                assertThat(client.awaitClose().code()).isNotEqualTo(FATAL);
            }
            try (TestSocket client = TestSocket.open(port, "/connect/" + room + "?sessionId=one")) {
                assertThat(client.connect().toString()).contains("page:mine");
            }
        }
    }

    @Nested
    @DisplayName("snapshots")
    class Snapshots {

        @Test
        @DisplayName("a snapshot is downloaded, with the clock as its version")
        void download() {
            create();
            Answer answer = admin.get(path("/snapshot"));
            JsonObject snapshot = answer.json(200);
            assertThat(objects(snapshot, "documents")).hasSize(2);
            assertThat(clock(snapshot)).isEqualTo(firstClock);
            String tag = "\"" + firstClock + "\"";
            assertThat(answer.header("ETag")).isEqualTo(tag);
            assertThat(answer.header("Content-Type")).startsWith("application/json");
            assertThat(answer.header("Content-Disposition")).isEmpty();

            admin.get(path("/snapshot"), "If-None-Match", tag).hasStatus(304);
            admin.get(path("/snapshot"), "If-None-Match", "W/" + tag + ", \"5\"")
                    .hasStatus(304);
            admin.get(path("/snapshot"), "If-None-Match", "\"2\"").hasStatus(200);
            assertThat(admin.get(path("/snapshot?download")).header("Content-Disposition"))
                    .isEqualTo("attachment; filename=\"" + room + "-" + firstClock + ".json\"");
        }

        @Test
        @DisplayName("a snapshot is restored while clients look on: they receive the difference, and stay")
        void restore() {
            try (TestSocket client = join("one")) {
                client.push(1, "before", "Before");
                String backup = admin.get(path("/snapshot")).body();
                client.push(2, "after", "After");

                Answer answer = admin.put(path("/snapshot"), backup);
                long clock = clock(answer.json(200));
                assertThat(answer.header("ETag")).isEqualTo("\"" + clock + "\"");
                client.await(message -> message.toString().contains("\"page:after\":[\"remove\"]"));
                client.assertAlive();
                assertThat(ids(admin.get(path("/records?typeName=page")).json(200), "records"))
                        .contains("page:before")
                        .doesNotContain("page:after");
            }
        }

        @Test
        @DisplayName("a snapshot may ask for the clock of the room that it replaces")
        void ifMatch() {
            create();
            String backup = admin.get(path("/snapshot")).body();
            admin.put(path("/records/page:mine"), page("mine", "Mine")).hasStatus(201);
            long clock = clock(admin.get(path("")).json(200));

            assertThat(clock(admin.put(path("/snapshot"), backup, "If-Match", "\"1\"")
                            .problem(412, "clock-mismatch")))
                    .isEqualTo(clock);
            admin.put(path("/snapshot"), backup, "If-Match", "W/\"" + clock + "\"")
                    .problem(412, "clock-mismatch");
            admin.put(path("/snapshot"), backup, "If-Match", "\"abc\"").problem(412, "clock-mismatch");
            admin.put(path("/snapshot"), backup, "If-Match", "" + clock).problem(400, "invalid-request");
            admin.get(path("/records/page:mine")).hasStatus(200);
            admin.put(path("/snapshot"), backup, "If-Match", "\"" + clock + "\"")
                    .hasStatus(200);
            admin.put(path("/snapshot"), backup, "If-Match", "*").hasStatus(200);
            admin.get(path("/records/page:mine")).problem(404, "record-not-found");
        }

        @Test
        @DisplayName("what is no snapshot, or has an invalid record, changes nothing")
        void invalid() {
            create();
            admin.put(path("/snapshot"), "{}").problem(422, "invalid-snapshot");
            String invalid = "{\"documents\":[{\"state\":{\"id\":\"page:x\",\"typeName\":\"page\",\"name\":7,"
                    + "\"index\":\"a1\",\"meta\":{}},\"lastChangedClock\":0}],\"schema\":" + schema() + "}";
            admin.put(path("/snapshot"), invalid).problem(422, "invalid-snapshot");
            assertThat(clock(admin.get(path("")).json(200))).isEqualTo(firstClock);
        }

        @Test
        @DisplayName("a room that is only stored is read and written alike")
        void stored() {
            create();
            unload();
            String backup = admin.get(path("/snapshot")).body();
            unload();
            admin.put(path("/snapshot"), backup.replace("Page 1", "Restored")).hasStatus(200);
            unload();
            assertThat(admin.get(path("/snapshot")).body()).contains("Restored");
        }
    }

    @Nested
    @DisplayName("records")
    class Records {

        @Test
        @DisplayName("records are listed in the order of their ids, page by page, by type")
        void list() {
            create();
            for (String id : List.of("c", "a", "b")) {
                admin.put(path("/records/page:" + id), page(id, id)).hasStatus(201);
            }
            Answer all = admin.get(path("/records"));
            assertThat(ids(all.json(200), "records"))
                    .containsExactly("document:document", "page:a", "page:b", "page:c", "page:page");
            assertThat(all.json(200).has("next")).isFalse();
            assertThat(all.header("ETag")).isEqualTo("\"" + clock(all.json(200)) + "\"");

            JsonObject first = admin.get(path("/records?typeName=page&limit=3")).json(200);
            assertThat(ids(first, "records")).containsExactly("page:a", "page:b", "page:c");
            JsonObject second = admin.get(path("/records?typeName=page&limit=3&cursor=" + first.string("next")))
                    .json(200);
            assertThat(ids(second, "records")).containsExactly("page:page");
            assertThat(second.has("next")).isFalse();
            assertThat(ids(admin.get(path("/records?typeName=shape")).json(200), "records"))
                    .isEmpty();
            admin.get(path("/records?limit=0")).problem(400, "invalid-request");
            admin.get(path("/records?cursor=?")).problem(400, "invalid-request");
        }

        @Test
        @DisplayName("a record is put, read and deleted, while clients look on")
        void one() {
            try (TestSocket client = join("one")) {
                JsonObject created = admin.put(path("/records/page:mine"), page("mine", "Mine"))
                        .json(201);
                assertThat(created.get("created")).hasToString("1");
                client.await(message -> message.toString().contains("\"page:mine\":[\"put\""));

                Answer updated = admin.put(path("/records/page%3Amine"), page("mine", "Yours"));
                assertThat(updated.json(200).get("updated")).hasToString("1");
                assertThat(updated.header("ETag")).isEqualTo("\"" + clock(updated.json(200)) + "\"");
                client.await(message -> message.toString().contains("Yours"));

                Answer read = admin.get(path("/records/page:mine"));
                assertThat(read.json(200).string("name")).isEqualTo("Yours");
                admin.get(path("/records/page:mine"), "If-None-Match", read.header("ETag"))
                        .hasStatus(304);

                admin.put(path("/records/page:mine"), page("mine", "Late"), "If-Match", "\"1\"")
                        .problem(412, "clock-mismatch");
                admin.delete(path("/records/page:mine"), "If-Match", "\"1\"").problem(412, "clock-mismatch");
                admin.delete(path("/records/page:mine"), "If-Match", read.header("ETag"))
                        .hasStatus(204);
                client.await(message -> message.toString().contains("\"page:mine\":[\"remove\"]"));
                admin.delete(path("/records/page:mine")).problem(404, "record-not-found");
                admin.get(path("/records/page:mine")).problem(404, "record-not-found");
                client.assertAlive();
            }
        }

        @Test
        @DisplayName("records are validated by the room's own rules")
        void invalid() {
            create();
            admin.put(path("/records/page:x"), "{\"id\":\"page:x\",\"typeName\":\"page\",\"name\":7}")
                    .problem(422, "invalid-record");
            admin.put(path("/records/cat:x"), "{\"id\":\"cat:x\",\"typeName\":\"cat\"}")
                    .problem(422, "invalid-record");
            admin.put(path("/records/page:y"), page("x", "X")).problem(400, "invalid-request");
            admin.put(path("/records/page:x"), "[]").problem(400, "invalid-request");
            assertThat(clock(admin.get(path("")).json(200))).isEqualTo(firstClock);
        }

        @Test
        @DisplayName("a record comes back as it was given: emoji, lone surrogates, odd keys, large numbers")
        void fidelity() {
            create();
            String meta = "{\"__proto__\":\"💡\",\"lone\":\"\\ud83d\",\"n\":1e21,\"z\":0.1}";
            String record = page("odd", "Ünï").replace("\"meta\":{}", "\"meta\":" + meta);
            admin.put(path("/records/page:odd"), record).hasStatus(201);
            assertThat(admin.get(path("/records/page:odd")).json(200)).isEqualTo(AdminClient.parsed(record));
            assertThat(objects(admin.get(path("/records?typeName=page")).json(200), "records"))
                    .contains((JsonObject) AdminClient.parsed(record));
        }

        @Test
        @DisplayName("many changes land together and at once, or not at all")
        void patch() {
            try (TestSocket client = join("one")) {
                client.push(1, "old", "Old");
                JsonObject outcome = admin.patch(
                                path("/records"),
                                "{\"puts\":[" + page("a", "A") + "," + page("old", "New")
                                        + "],\"deletes\":[\"page:page\",\"page:none\"]}")
                        .json(200);
                assertThat(outcome.get("created")).hasToString("1");
                assertThat(outcome.get("updated")).hasToString("1");
                assertThat(outcome.get("deleted")).hasToString("1");
                JsonObject seen = client.await(message -> message.toString().contains("\"page:a\":[\"put\""));
                assertThat(seen.toString()).contains("\"page:page\":[\"remove\"]");

                long clock = clock(outcome);
                assertThat(clock(admin.patch(
                                        path("/records"), "{\"deletes\":[\"page:a\"],\"ifClock\":" + (clock - 1) + "}")
                                .problem(412, "clock-mismatch")))
                        .isEqualTo(clock);
                admin.patch(
                                path("/records"),
                                "{\"puts\":[" + page("b", "B") + ",{\"id\":\"page:c\",\"typeName\":\"page\"}]}")
                        .problem(422, "invalid-record");
                admin.get(path("/records/page:b")).problem(404, "record-not-found");
                admin.patch(path("/records"), "{\"deletes\":[\"page:a\"],\"ifClock\":" + clock + "}")
                        .hasStatus(200);
                client.assertAlive();
            }
        }

        @ParameterizedTest(name = "{0} is refused and the place is named: {1}")
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{\"put\":[]}          | put",
                    "{\"puts\":{}}         | puts",
                    "{\"puts\":[{},7]}     | puts[1]",
                    "{\"deletes\":[7]}     | deletes[0]",
                    "{\"ifClock\":\"7\"}   | ifClock",
                    "{\"ifClock\":-1}      | ifClock",
                    "7                     | body"
                })
        void malformed(String body, String place) {
            create();
            assertThat(admin.patch(path("/records"), body)
                            .problem(400, "invalid-request")
                            .string("detail"))
                    .contains(place);
        }

        @Test
        @DisplayName("a room that is only stored is written alike")
        void stored() {
            create();
            unload();
            admin.patch(path("/records"), "{\"puts\":[" + page("a", "A") + "]}").hasStatus(200);
            unload();
            admin.get(path("/records/page:a")).hasStatus(200);
        }
    }

    @Nested
    @DisplayName("sessions")
    class Sessions {

        @Test
        @DisplayName("who is in a room is listed; in a stored room there is nobody")
        void list() {
            create();
            assertThat(objects(admin.get(path("/sessions")).json(200), "sessions"))
                    .isEmpty();
            try (TestSocket editor = join("editor");
                    TestSocket viewer = TestSocket.open(port, "/connect/" + room + "?sessionId=viewer&readonly=true")) {
                viewer.connect();
                editor.assertAlive();
                List<JsonObject> sessions = objects(admin.get(path("/sessions")).json(200), "sessions");
                assertThat(sessions)
                        .extracting(session -> session.string("id"))
                        .containsExactlyInAnyOrder("editor", "viewer");
                for (JsonObject session : sessions) {
                    assertThat(session.string("state")).isEqualTo("connected");
                    assertThat(session.get("protocol")).hasToString("8");
                    assertThat(session.get("migrationsBehind")).hasToString("0");
                    assertThat(session.get("readonly"))
                            .hasToString(String.valueOf("viewer".equals(session.string("id"))));
                    assertThat(session.get("queuedBytes")).isNotNull();
                    assertThat(session.has("user")).isFalse();
                    assertThat(Instant.parse(session.string("since"))).isBeforeOrEqualTo(Instant.now());
                }
            }
        }

        @ParameterizedTest(name = "somebody is sent away with {1}")
        @CsvSource({
            "'', FORBIDDEN",
            "?reason=ROOM_FULL, ROOM_FULL",
            "?reason=NOT_AUTHENTICATED, NOT_AUTHENTICATED",
            "?reason=Der%20Raum%20schlie%C3%9Ft, Der Raum schließt"
        })
        void dismiss(String query, String reason) {
            try (TestSocket bad = join("bad");
                    TestSocket good = join("good")) {
                admin.delete(path("/sessions/bad" + query)).hasStatus(204);
                assertThat(bad.awaitClose()).isEqualTo(new Closed(FATAL, reason));
                good.assertAlive();
                admin.delete(path("/sessions/bad")).problem(404, "session-not-found");
                assertThat(admin.delete(path("/sessions/good?reason=" + "x".repeat(124)))
                                .problem(400, "invalid-request")
                                .string("detail"))
                        .contains("reason: expected a text of at most 123 bytes");
                good.assertAlive();
            }
        }

        @Test
        @DisplayName("somebody's rights are changed at once")
        void rights() {
            try (TestSocket client = join("one")) {
                assertThat(client.push(1, "a", "A")).contains("commit");
                JsonObject session = admin.patch(path("/sessions/one"), "{\"readonly\":true}")
                        .json(200);
                assertThat(session.get("readonly")).hasToString("true");
                assertThat(session.string("id")).isEqualTo("one");
                assertThat(client.awaitClose().code()).isNotEqualTo(FATAL);
            }
            try (TestSocket client = TestSocket.open(port, "/connect/" + room + "?sessionId=one")) {
                assertThat(client.connect().toString()).contains("\"isReadonly\":true");
                assertThat(client.push(2, "b", "B")).contains("discard");
                admin.patch(path("/sessions/one"), "{\"readonly\":\"no\"}").problem(400, "invalid-request");
                admin.patch(path("/sessions/none"), "{\"readonly\":true}").problem(404, "session-not-found");
            }
        }

        @Test
        @DisplayName("a message reaches all, or one")
        void messages() {
            try (TestSocket one = join("one");
                    TestSocket two = join("two")) {
                JsonObject toAll = admin.post(path("/messages"), "{\"data\":{\"text\":\"to all\"}}")
                        .json(200);
                assertThat(toAll.get("delivered")).hasToString("2");
                one.await(message -> "custom".equals(message.string("type")));
                two.await(message -> message.toString().contains("\"data\":{\"text\":\"to all\"}"));

                JsonObject toOne = admin.post(path("/sessions/two/messages"), "{\"data\":null}")
                        .json(200);
                assertThat(toOne.get("delivered")).hasToString("1");
                two.await(message -> message.toString().contains("\"data\":null"));
                one.assertAlive();
                assertThat(one.messages())
                        .noneMatch(message -> message.toString().contains("\"data\":null"));

                admin.post(path("/sessions/none/messages"), "{\"data\":1}").problem(404, "session-not-found");
                admin.post(path("/messages"), "{}").problem(400, "invalid-request");
            }
        }
    }

    @Nested
    @DisplayName("nodes")
    class Nodes {

        @Test
        @DisplayName("this node is listed, with what is going on there")
        void nodes() {
            try (TestSocket client = join("one")) {
                client.assertAlive();
                JsonObject node =
                        objects(admin.get("/nodes").json(200), "nodes").getFirst();
                assertThat(node.string("id")).isNotBlank();
                assertThat(node.string("state")).isEqualTo("accepting");
                assertThat(Instant.parse(node.string("started"))).isBeforeOrEqualTo(Instant.now());
                assertThat(node.string("version")).isNotBlank();
                assertThat(((JsonNumber) Objects.requireNonNull(node.get("rooms"))).value())
                        .isPositive();
                assertThat(((JsonNumber) Objects.requireNonNull(node.get("sessions"))).value())
                        .isPositive();
                assertThat(((JsonNumber) Objects.requireNonNull(node.get("connections"))).value())
                        .isPositive();
                assertThat(admin.get(path("")).json(200).string("node")).isEqualTo(node.string("id"));
            }
        }

        @Test
        @DisplayName("the server counts rooms, sessions and bytes")
        void stats() {
            try (TestSocket client = TestSocket.open(port, "/connect/" + room + "?sessionId=viewer&readonly=true")) {
                client.connect();
                JsonObject stats = admin.get("/stats").json(200);
                assertThat(stats.string("store")).isEqualTo("sqlite");
                assertThat(stats.string("version")).isNotBlank();
                assertThat(stats.keys())
                        .contains("node", "uptimeSeconds", "rooms", "sessions", "connections", "outboxBytes");
                assertThat(((JsonObject) Objects.requireNonNull(stats.get("rooms"))).keys())
                        .contains("loading", "active", "draining");
                JsonObject sessions = (JsonObject) Objects.requireNonNull(stats.get("sessions"));
                assertThat(((JsonNumber) Objects.requireNonNull(sessions.get("viewers"))).value())
                        .isPositive();
            }
        }
    }

    @Nested
    @DisplayName("errors")
    class Errors {

        @ParameterizedTest(name = "there is nothing at {0}")
        @ValueSource(strings = {"", "/", "/nothing", "/rooms/x/nothing", "/rooms/x/records/y/z"})
        void unknownPath(String path) {
            admin.get(path).problem(404, "not-found");
        }

        @Test
        @DisplayName("a method that a path has not is answered with those that it has")
        void method() {
            Answer answer = admin.body("PUT", "/rooms", "{}");
            answer.problem(405, "method-not-allowed");
            assertThat(answer.header("Allow")).contains("GET", "POST");
        }

        @ParameterizedTest(name = "a body of type {0} is not taken")
        @ValueSource(
                strings = {"text/plain", "application/x-www-form-urlencoded", "application/json;charset=iso-8859-1"})
        void mediaType(String type) {
            admin.send(admin.request("/rooms").setHeader("Content-Type", type).POST(BodyPublishers.ofString("{}")))
                    .problem(415, "unsupported-media-type");
        }

        @Test
        @DisplayName("an answer in another form than JSON is not to be had")
        void accept() {
            admin.get("/rooms", "Accept", "image/png").problem(406, "not-acceptable");
        }

        @Test
        @DisplayName("no body, bad UTF-8, and JSON that is nested too deep are refused")
        void badBodies() {
            admin.post("/rooms", "").problem(400, "invalid-request");
            admin.send(admin.request("/rooms")
                            .setHeader("Content-Type", "application/json")
                            .POST(BodyPublishers.ofByteArray("{\"id\":\"ä\"}".getBytes(StandardCharsets.ISO_8859_1))))
                    .problem(400, "invalid-request");
            admin.post("/rooms", "{\"snapshot\":{\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}}")
                    .problem(400, "invalid-request");
        }

        @Test
        @DisplayName("a body beyond the bound is not read")
        void tooLarge() {
            String large = "{\"id\":\"" + "x".repeat(1 << 20) + "\"}";
            admin.post("/rooms", large).problem(413, "payload-too-large");
            admin.send(admin.request("/rooms")
                            .setHeader("Content-Type", "application/json")
                            .POST(BodyPublishers.ofInputStream(
                                    () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8)))))
                    .problem(413, "payload-too-large");
        }

        @Test
        @DisplayName("a URL that looks like an attack is refused as a problem too")
        void attack() {
            admin.get("/rooms/a;b/snapshot").problem(400, "invalid-request");
        }
    }
}
