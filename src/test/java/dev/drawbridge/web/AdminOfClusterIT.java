package dev.drawbridge.web;

import static dev.drawbridge.web.AdminClient.objects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import dev.drawbridge.store.redis.RedisProcess;
import dev.drawbridge.web.AdminClient.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two servers on one Redis. A room is open at one of them, and the other one is asked. */
@DisplayName("The admin API of a cluster, at the node that does not have the room")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AdminOfClusterIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How a request says that a node has brought it. */
    private static final String FORWARDED = "Drawbridge-Forwarded";

    @TempDir
    static Path folder;

    private static RedisProcess redis;
    private static ServerProcess one;
    private static ServerProcess other;
    private static String oneId;
    private static String otherId;

    private final String room = "r-" + UUID.randomUUID();
    private final String path = "/rooms/" + room;
    private AdminClient owner;
    private AdminClient far;

    @BeforeAll
    static void start() throws IOException {
        redis = RedisProcess.start("--appendonly", "yes");
        one = start("one");
        other = start("other");
        oneId = nodeId(one);
        otherId = nodeId(other);
        for (ServerProcess each : List.of(one, other)) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            new AdminClient(each.port()).get("/nodes").body())
                    .contains("\"links\":[\"" + oneId + "\"]", "\"links\":[\"" + otherId + "\"]"));
        }
    }

    private static ServerProcess start(String name) throws IOException {
        return ServerProcess.start(
                Files.createDirectories(folder.resolve(name)),
                List.of(
                        "--drawbridge.admin.token=" + AdminClient.TOKEN,
                        "--drawbridge.admin.timeout=5s",
                        "--drawbridge.store.type=redis",
                        "--spring.data.redis.port=" + redis.port(),
                        "--drawbridge.cluster.secret=a-secret-for-this-test",
                        "--drawbridge.cluster.address=127.0.0.1",
                        "--drawbridge.cluster.port=0",
                        "--drawbridge.cluster.heartbeat=1s"));
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
        redis.close();
    }

    private static String nodeId(ServerProcess server) {
        return Objects.requireNonNull(
                new AdminClient(server.port()).get("/stats").json(200).string("node"));
    }

    private TestSocket open;

    @BeforeEach
    void openAtTheOwner() {
        owner = new AdminClient(one.port());
        far = new AdminClient(other.port());
        open = TestSocket.join(one.port(), room, "s1");
        open.push(1, "first", "First");
    }

    private static String page(String id, String name) {
        return """
                {"id":"%s","typeName":"page","name":"%s","index":"a5","meta":{}}""".formatted(id, name);
    }

    private static List<String> ids(JsonObject page) {
        return objects(page, "rooms").stream()
                .map(each -> String.valueOf(each.string("id")))
                .toList();
    }

    private void awaitText(TestSocket socket, String text) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(socket.messages().toString()).contains(text));
    }

    @Test
    @Order(1)
    @DisplayName("all nodes are listed, by each alike")
    void nodes() {
        for (AdminClient each : List.of(owner, far)) {
            Answer answer = each.get("/nodes");
            List<JsonObject> nodes = objects(answer.json(200), "nodes");
            assertThat(nodes).extracting(node -> node.string("id")).containsExactlyInAnyOrder(oneId, otherId);
            assertThat(answer.body().split("\"started\"", -1)).hasSize(3);
            assertThat(nodes).allSatisfy(node -> {
                assertThat(node.string("state")).isEqualTo("accepting");
                assertThat(node.string("address")).startsWith("127.0.0.1:");
                assertThat(node.get("links")).isInstanceOfSatisfying(JsonArray.class, links -> assertThat(links.items())
                        .hasSize(1));
                assertThat(node.keys())
                        .contains("version", "rooms", "sessions", "connections", "relayed", "load", "started");
            });
        }
    }

    @Test
    @Order(1)
    @DisplayName("a room is described and listed with the node that has it, and those who are in it there")
    void described() {
        for (JsonObject body : List.of(
                far.get(path).json(200),
                objects(far.get("/rooms?query=" + room).json(200), "rooms").getFirst(),
                objects(far.get("/rooms?state=active&query=" + room).json(200), "rooms")
                        .getFirst())) {
            assertThat(body.string("id")).isEqualTo(room);
            assertThat(body.string("state")).isEqualTo("active");
            assertThat(body.string("node")).isEqualTo(oneId);
            assertThat(body.get("sessions")).hasToString("1");
        }
        assertThat(ids(far.get("/rooms?state=stored&query=" + room).json(200))).isEmpty();
        assertThat(far.get("/rooms?query=" + room).body()).doesNotContain("unanswered");
    }

    @Test
    @Order(1)
    @DisplayName("the open rooms of all nodes are listed page by page, in the order of their ids")
    void activeInPages() {
        String prefix = "p-" + UUID.randomUUID();
        List<String> made = new ArrayList<>();
        List<TestSocket> sockets = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String id = prefix + "-" + i;
            made.add(id);
            sockets.add(TestSocket.join(i % 2 == 0 ? one.port() : other.port(), id, "s" + i));
            sockets.getLast().push(1, "p", "P");
        }
        far.post("/rooms", "{\"id\":\"" + prefix + "-stored\"}").hasStatus(201);
        for (AdminClient each : List.of(owner, far)) {
            List<String> seen = new ArrayList<>();
            String cursor = "";
            do {
                JsonObject page = each.get("/rooms?limit=2&state=active&query=" + prefix + cursor)
                        .json(200);
                seen.addAll(ids(page));
                cursor = page.string("next") == null ? "" : "&cursor=" + page.string("next");
            } while (!cursor.isEmpty());
            assertThat(seen).filteredOn(id -> !id.endsWith("stored")).containsExactlyElementsOf(made);
        }
        sockets.forEach(TestSocket::close);
    }

    @Test
    @Order(1)
    @DisplayName("what is there already is not made again")
    void create() {
        far.post("/rooms", "{\"id\":\"" + room + "\"}").problem(409, "room-exists");
        far.post(path + "/duplicate", "{\"id\":\"" + room + "\"}").problem(409, "room-exists");

        String copy = room + "-copy";
        Answer made = far.post(path + "/duplicate", "{\"id\":\"" + copy + "\"}");
        assertThat(made.json(201).string("id")).isEqualTo(copy);
        assertThat(made.header("Location")).isEqualTo("/admin/v1/rooms/" + copy);
        owner.get("/rooms/" + copy + "/records/page:first").hasStatus(200);
    }

    @Test
    @Order(1)
    @DisplayName("records are read and changed where the room is, and who is in it sees that")
    void records() {
        Answer put = far.put(path + "/records/page:two", page("page:two", "Two"));
        put.hasStatus(201);
        assertThat(put.header("ETag")).isNotEmpty();
        awaitText(open, "Two");

        Answer got = far.get(path + "/records/page:two");
        assertThat(got.json(200).string("name")).isEqualTo("Two");
        assertThat(got.header("ETag")).isEqualTo(put.header("ETag"));
        assertThat(got.header("Content-Type")).isEqualTo("application/json");

        far.put(path + "/records/page:two", page("page:two", "Never"), "If-Match", "\"1\"")
                .problem(412, "clock-mismatch");
        far.put(path + "/records/page:two", page("page:two", "Again"), "If-Match", put.header("ETag"))
                .hasStatus(200);
        assertThat(far.patch(path + "/records", "{\"puts\":[" + page("page:three", "Three") + "],\"deletes\":[]}")
                        .json(200)
                        .get("created"))
                .hasToString("1");
        far.patch(path + "/records", "{\"puts\":[{\"id\":\"page:bad\"}]}").problem(422, "invalid-record");
        far.patch(path + "/records", "{").problem(400, "invalid-request");
        far.delete(path + "/records/page:two").hasStatus(204);
        far.delete(path + "/records/page:two").problem(404, "record-not-found");
        assertThat(far.get(path + "/records?typeName=page").body()).contains("First", "Three");
        far.send(far.request(path + "/records/page:two").method("PUT", BodyPublishers.ofString("x")))
                .problem(415, "unsupported-media-type");
        far.send(far.request(path + "/records/page:two")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .method("PUT", BodyPublishers.ofString("a=b")))
                .problem(415, "unsupported-media-type");
        assertThat(owner.get(path).json(200).string("node")).isEqualTo(oneId);
    }

    @ParameterizedTest
    @Order(1)
    @DisplayName("odd paths are answered as the owner answers them")
    @ValueSource(
            strings = {
                "/records/page%3Afirst",
                "/records/page:f%69rst",
                "/records/page:%C3%A4%20b%22%3Cx%3E%7B%7D%5B%5D",
                "/records/page:a%25b",
                "/records/page:a%2Fb",
                "/records/page:%E4",
                "/records/page:a+b",
                "/records?typeName=p%C3%A4ge&limit=2",
                "/records?limit=x%20y",
                "/sessions/%C3%BC/messages",
                "/nothing",
                "?x=%25"
            })
    void oddPaths(String odd) {
        far.put(path + "/records/page:%C3%A4%20b%22%3Cx%3E%7B%7D%5B%5D", page("page:ä b\\\"<x>{}[]", "Odd"))
                .hasStatus(201);
        Answer here = owner.get(path + odd);
        Answer there = far.get(path + odd);
        assertThat(there.response().statusCode()).isEqualTo(here.response().statusCode());
        assertThat(there.body()).isEqualTo(here.body());
    }

    @ParameterizedTest
    @Order(1)
    @DisplayName("ids that can be none are told so")
    @ValueSource(strings = {"%C3%A4", "a%20b", "%25", "a%2Fb"})
    void oddIds(String id) {
        Answer here = owner.get("/rooms/" + id);
        Answer there = far.get("/rooms/" + id);
        assertThat(there.response().statusCode())
                .isEqualTo(here.response().statusCode())
                .isIn(400, 404);
    }

    @Test
    @Order(1)
    @DisplayName("a snapshot of several megabytes goes there and comes back")
    void snapshot() {
        String before = far.get(path + "/snapshot").body();
        assertThat(before).isEqualTo(owner.get(path + "/snapshot").body());
        String large = snapshotOf(12);

        Answer put = far.body("PUT", path + "/snapshot", large, "If-Match", "*");
        long clock = (long) ((JsonNumber) Objects.requireNonNull(put.json(200).get("documentClock"))).value();
        assertThat(put.header("ETag")).isEqualTo("\"" + clock + "\"");
        awaitText(open, "page:p11");

        Answer got = far.get(path + "/snapshot?download");
        assertThat(got.header("Content-Disposition")).contains(room + "-" + clock + ".json");
        assertThat(got.header("ETag")).isEqualTo("\"" + clock + "\"");
        assertThat(got.body())
                .hasSizeGreaterThan(5_000_000)
                .isEqualTo(owner.get(path + "/snapshot").body());
        far.get(path + "/snapshot", "If-None-Match", "\"" + clock + "\"").hasStatus(304);

        // and in chunks, nobody having said how long it will be
        byte[] bytes = large.getBytes(StandardCharsets.UTF_8);
        far.send(far.request(path + "/snapshot")
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes))))
                .hasStatus(200);
        far.put(path + "/snapshot", large.substring(0, large.length() / 2)).problem(400, "invalid-request");
        far.put(path + "/snapshot", "{\"documents\":3}").problem(422, "invalid-snapshot");
        open.assertAlive();
    }

    private static String snapshotOf(int pages) {
        StringBuilder text = new StringBuilder("{\"documentClock\":5,\"schema\":")
                .append(TldrawSchema.create().serialize().json())
                .append(",\"tombstones\":{},\"documents\":[");
        text.append("""
                {"state":{"id":"document:document","typeName":"document","gridSize":10,"name":"","meta":{}},\
                "lastChangedClock":1}""");
        for (int i = 0; i < pages; i++) {
            text.append("""
                    ,{"state":{"id":"page:p%d","typeName":"page","name":"%d","index":"a%d","meta":{"x":"%s"}},\
                    "lastChangedClock":1}""".formatted(i, i, i % 9 + 1, "ä".repeat(500_000)));
        }
        return text.append("]}").toString();
    }

    @Test
    @Order(1)
    @DisplayName("who is in it is listed, told something, and sent away")
    void sessions() {
        assertThat(objects(far.get(path + "/sessions").json(200), "sessions"))
                .extracting(session -> session.string("id"))
                .containsExactly("s1");
        assertThat(far.post(path + "/messages", "{\"data\":{\"x\":\"to all\"}}")
                        .json(200)
                        .get("delivered"))
                .hasToString("1");
        awaitText(open, "to all");
        assertThat(far.post(path + "/sessions/s1/messages", "{\"data\":\"to you\"}")
                        .json(200)
                        .get("delivered"))
                .hasToString("1");
        awaitText(open, "to you");
        assertThat(far.patch(path + "/sessions/s1", "{\"readonly\":true}")
                        .json(200)
                        .get("readonly"))
                .hasToString("true");
        far.delete(path + "/sessions/nobody").problem(404, "session-not-found");
        try (TestSocket second = TestSocket.join(other.port(), room, "s2")) {
            far.delete(path + "/sessions/s2?reason=FORBIDDEN").hasStatus(204);
            assertThat(second.awaitClose().reason()).isEqualTo("FORBIDDEN");
        }
    }

    @Test
    @Order(1)
    @DisplayName("it is put away, and deleted")
    void endings() {
        far.post(path + "/unload", "").hasStatus(204);
        open.awaitClose();
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(far.get(path).json(200).string("state")).isEqualTo("stored"));

        try (TestSocket again = TestSocket.join(one.port(), room, "s3")) {
            far.delete(path).hasStatus(204);
            assertThat(again.awaitClose().reason()).isEqualTo("NOT_FOUND");
        }
        far.get(path).problem(404, "room-not-found");
        far.delete(path).problem(404, "room-not-found");
        far.post(path + "/move", "").problem(404, "room-not-found");
    }

    @Test
    @Order(1)
    @DisplayName("it is moved there and back, and who is at the other node goes on")
    void moves() {
        try (TestSocket edge = TestSocket.join(other.port(), room, "s2")) {
            JsonObject moved = far.post(path + "/move", "").json(200);
            assertThat(moved.string("node")).isEqualTo(otherId);
            assertThat(open.awaitClose().code())
                    .as("it was at the node that the room has left")
                    .isEqualTo(1012);
            assertThat(edge.push(1, "two", "At its new node")).contains("commit");
            assertThat(owner.get(path).json(200).string("node")).isEqualTo(otherId);

            try (TestSocket back = TestSocket.join(one.port(), room, "s3")) {
                // brought to the node that has it now, by the one that had it
                assertThat(owner.post(path + "/move", "{\"node\":\"" + otherId + "\"}")
                                .json(200)
                                .string("node"))
                        .isEqualTo(otherId);
                assertThat(owner.post(path + "/move", "{\"node\":\"" + oneId + "\"}")
                                .json(200)
                                .string("node"))
                        .isEqualTo(oneId);
                assertThat(back.push(1, "three", "And back")).contains("commit");
                assertThat(edge.push(2, "four", "And on")).contains("commit");
                assertThat(far.get(path + "/records").body())
                        .contains("First", "At its new node", "And back", "And on");
            }
        }
    }

    @Test
    @Order(1)
    @DisplayName(
            "it goes nowhere when there is no such node, when it is not open, or when more is wanted than there is")
    void movesNowhere() {
        far.post(path + "/move", "{\"node\":\"nobody\"}").problem(404, "node-not-found");
        far.post(path + "/move", "{\"nodes\":\"nobody\"}").problem(400, "invalid-request");
        String stored = room + "-stored";
        far.post("/rooms", "{\"id\":\"" + stored + "\"}").hasStatus(201);
        await().atMost(PATIENCE)
                .untilAsserted(() -> far.post("/rooms/" + stored + "/move", "").problem(409, "cannot-move"));
        open.assertAlive();
    }

    @Test
    @Order(1)
    @DisplayName("a request that only says that it has been brought is brought all the same")
    void forged() {
        for (String forged : List.of("x", "", oneId, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")) {
            assertThat(far.get(path + "/sessions", FORWARDED, forged).body()).contains("\"s1\"");
        }
        far.send(far.request(path + "/sessions").setHeader("Authorization", "Bearer wrong"))
                .problem(401, "unauthorized");
    }

    @Test
    @Order(1)
    @DisplayName("a session counts once, and each socket where it is")
    void metrics() throws Exception {
        try (TestSocket edge = TestSocket.join(other.port(), room, "s2")) {
            edge.assertAlive();
            await().atMost(PATIENCE).untilAsserted(() -> {
                Scrape here = Scrape.of(one.port());
                Scrape there = Scrape.of(other.port());
                double relayed = there.value("drawbridge_cluster_sessions_relayed{side=\"edge\"}");
                assertThat(relayed).isGreaterThanOrEqualTo(1);
                assertThat(there.value("drawbridge_connections")).isGreaterThanOrEqualTo(relayed);
                assertThat(there.value("drawbridge_connections"))
                        .as("no socket is at a node that has none of its rooms, but those of relayed sessions")
                        .isEqualTo(relayed
                                + there.value("drawbridge_sessions{mode=\"edit\"}")
                                - there.value("drawbridge_cluster_sessions_relayed{side=\"owner\"}"));
                assertThat(here.value("drawbridge_cluster_fenced_total")).isZero();
            });
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            objects(far.get("/rooms?query=" + room).json(200), "rooms")
                                    .getFirst()
                                    .get("sessions"))
                    .hasToString("2"));
        }
    }

    @Test
    @Order(2)
    @DisplayName("a node that hangs is waited for, but not for long, and a list says who has not answered")
    void hangs() {
        one.freeze();
        try {
            Instant asked = Instant.now();
            JsonObject list = far.get("/rooms?query=" + room).json(200);
            assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(6));
            JsonObject body = objects(list, "rooms").getFirst();
            assertThat(body.string("state")).isEqualTo("active");
            assertThat(body.string("node")).isEqualTo(oneId);
            assertThat(body.has("sessions")).isFalse();
            assertThat(list.get("unanswered")).hasToString("[\"" + oneId + "\"]");
        } finally {
            one.goOn();
        }
    }

    @Test
    @Order(3)
    @DisplayName("when the owner dies it answers that it cannot, and then for itself")
    void killed() {
        far.get(path + "/sessions").hasStatus(200);
        one.kill();
        List<Integer> answers = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> {
            for (Answer each : List.of(
                    far.get(path + "/sessions"),
                    far.get(path),
                    far.get("/rooms?state=active&query=" + room),
                    far.put(path + "/records/page:late", page("page:late", "Late")))) {
                int status = each.response().statusCode();
                answers.add(status);
                assertThat(status).as(each.body()).isIn(200, 201, 503);
                if (status == 503) {
                    each.problem(503, "unavailable");
                    assertThat(each.header("Retry-After")).isEqualTo("2");
                }
            }
            return answers.subList(answers.size() - 4, answers.size()).stream().allMatch(status -> status < 300);
        });
        assertThat(far.get(path + "/records").body()).contains("First", "Late");
        assertThat(Optional.ofNullable(far.get("/nodes").json(200).get("nodes")))
                .hasValueSatisfying(nodes -> assertThat(nodes)
                        .isInstanceOfSatisfying(
                                JsonArray.class, all -> assertThat(all.items()).hasSize(1)));
        far.post(path + "/move", "").problem(409, "cannot-move");
    }
}
