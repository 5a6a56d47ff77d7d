package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.events.EventStore;
import dev.drawbridge.events.EventStoreException;
import dev.drawbridge.events.FiledEvent;
import dev.drawbridge.events.Happening;
import dev.drawbridge.events.MemoryEventStore;
import dev.drawbridge.events.RoomEvent;
import dev.drawbridge.events.follow.Follower;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.protocol.Limit;
import dev.drawbridge.web.EventListenerClient.Sent;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Events over real HTTP, listened to as browsers do. */
@DisplayName("Whoever follows what happens in rooms")
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "server.tomcat.connection-timeout=3s",
            "drawbridge.events.listeners=1005",
            "drawbridge.events.debounce=50ms",
            "drawbridge.admin.token=" + AdminClient.TOKEN
        })
class FollowingIT {
    private static final int KEPT = 3_000;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final String PRESENCE = """
            {'id':'instance_presence:a','typeName':'instance_presence','lastActivityTimestamp':1000,'followingUserId':null,\
            'cursor':{'x':3,'y':4.5,'type':'default','rotation':0},'color':'#FF0000','camera':{'x':1,'y':2,'z':0.5},\
            'screenBounds':{'x':0,'y':0,'w':800,'h':600},'selectedShapeIds':['shape:a'],'currentPageId':'page:page',\
            'brush':null,'scribbles':[],'chatMessage':'','meta':{},'userId':'user:1','userName':'Ada'}""";

    @TempDir
    static Path folder;

    @LocalServerPort
    int port;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private EventStore store;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private Follower follower;

    @SuppressWarnings("NullAway.Init") // made before each test
    private AdminClient admin;

    private String room = "";

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry properties) {
        properties.add("drawbridge.store.sqlite.path", () -> folder.resolve("rooms.db"));
    }

    /** One that keeps few. */
    @TestConfiguration
    static class Store {
        @Bean
        @Primary
        EventStore fewEvents() {
            return new MemoryEventStore("5f0c1a2b", new EventStore.Kept(KEPT, 32L << 20), InstantSource.system());
        }
    }

    @BeforeEach
    void operator() {
        admin = new AdminClient(port);
        room = "r-" + UUID.randomUUID();
    }

    /** That somebody has gone is found out by writing to them. */
    @AfterEach
    void everybodyHasGone() {
        await().atMost(Duration.ofSeconds(40)).until(() -> {
            happens(room);
            happens("other");
            store(new Happening.VersionCreated("v", 1, "manual", Optional.empty()));
            return follower.size() == 0;
        });
    }

    private void store(Happening what) throws EventStoreException {
        follower.appended(store.append(List.of(new RoomEvent(room, Instant.now(), "test", what)), List.of())
                .filed());
    }

    private EventListenerClient follow(String query, String... headers) {
        return EventListenerClient.open(HTTP, admin.request("/events" + query, headers));
    }

    /** Something happens that is told whatever else has happened. */
    private FiledEvent happens(String where) throws EventStoreException {
        RoomEvent event =
                new RoomEvent(where, Instant.now(), "test", new Happening.LimitHit(Limit.RECORDS_PER_ROOM, 1));
        List<FiledEvent> filed = store.append(List.of(event), List.of()).filed();
        follower.appended(filed);
        return filed.getFirst();
    }

    private List<String> happen(String where, int times) throws EventStoreException {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            ids.add(happens(where).id().text());
        }
        return ids;
    }

    private static List<String> ids(EventListenerClient client) {
        return client.events().stream().map(Sent::id).toList();
    }

    @Test
    @DisplayName("is told when it begins, and then of what happens: each with its id, its type and its JSON")
    void follow() throws EventStoreException {
        String before = store.last().text();
        try (EventListenerClient client = follow("?room=" + room).ready()) {
            assertThat(client.response().statusCode()).isEqualTo(200);
            assertThat(client.response().headers().map())
                    .containsEntry("Content-Type", List.of("text/event-stream"))
                    .containsEntry("Cache-Control", List.of("no-store"))
                    .containsEntry("X-Accel-Buffering", List.of("no"));
            assertThat(client.lines().getFirst()).startsWith(":");
            Sent ready = client.all().getFirst();
            assertThat(ready).isEqualTo(new Sent(before, "ready", "{\"from\":\"" + before + "\"}"));
            admin.post("/rooms", "{\"id\":\"" + room + "\"}").hasStatus(201);
            Sent created = client.await(sent -> sent.event().equals("room.created"));
            JsonObject json = (JsonObject) AdminClient.parsed(created.data());
            assertThat(json.string("id")).isEqualTo(created.id());
            assertThat(json.string("type")).isEqualTo("room.created");
            assertThat(json.string("room")).isEqualTo(room);
            assertThat(json.keys()).containsExactly("id", "type", "time", "room", "node", "data");
        }
    }

    @Test
    @DisplayName("is told of those who come and go, and of what they draw")
    void drawing() {
        try (EventListenerClient client = follow("?room=" + room).ready()) {
            try (TestSocket socket = TestSocket.join(port, room, "s-1")) {
                socket.push(1, "p1", "one");
            }
            client.await(sent -> sent.event().equals("session.left"));
            assertThat(client.events())
                    .extracting(Sent::event)
                    .contains("room.created", "room.opened", "session.joined", "room.changed", "session.left");
        }
    }

    @Test
    @DisplayName("is told of the rooms and types only that it wants")
    void filtered() throws EventStoreException {
        try (EventListenerClient two = follow("?room=" + room + "&room=other").ready();
                EventListenerClient types =
                        follow("?types=room.deleted,limit.hit&room=other").ready();
                EventListenerClient none = follow("?types=version.created").ready()) {
            happens(room);
            happens("third");
            String last = happens("other").id().text();
            two.await(sent -> sent.id().equals(last));
            types.await(sent -> sent.id().equals(last));
            assertThat(two.events()).hasSize(2);
            assertThat(types.events()).hasSize(1);
            assertThat(none.events()).isEmpty();
        }
    }

    @Test
    @DisplayName("goes on exactly after the event that it has seen last, by the header and by the parameter")
    void resumed() throws EventStoreException {
        Random random = new Random(7);
        List<String> expected = new ArrayList<>();
        List<String> got = new ArrayList<>();
        String last = "";
        String begin = store.last().text();
        for (int round = 0; round < 150; round++) {
            expected.addAll(happenBesides(random.nextInt(5)));
            EventListenerClient client = last.isEmpty()
                    ? follow("?room=" + room + "&after=" + begin)
                    : round % 2 == 0
                            ? follow("?room=" + room + "&after=" + last)
                            : follow("?room=" + room + "&after=" + begin, "Last-Event-ID", last);
            try (client) {
                expected.addAll(happenBesides(1 + random.nextInt(5)));
                String newest = expected.getLast();
                if (random.nextBoolean()) {
                    client.await(sent -> sent.id().equals(newest));
                } else {
                    client.await(sent -> true);
                }
            }
            List<String> now = ids(client);
            got.addAll(now);
            last = now.getLast();
            assertThat(client.all()).extracting(Sent::event).doesNotContain("ready", "missed");
        }
        try (EventListenerClient client = follow("?room=" + room, "Last-Event-ID", last)) {
            String end = happens(room).id().text();
            expected.add(end);
            client.await(sent -> sent.id().equals(end));
            got.addAll(ids(client));
        }
        assertThat(got).containsExactlyElementsOf(expected);
    }

    private List<String> happenBesides(int times) throws EventStoreException {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            ids.add(happens(room).id().text());
            happens("another");
        }
        return ids;
    }

    @Test
    @DisplayName("is told that it has missed something when that is not kept any more, and gets what is kept")
    void missed() throws EventStoreException {
        String early = happens(room).id().text();
        List<String> ids = happen(room, KEPT);
        happens("x");
        for (String id : List.of(early, "00000000-1", store.last().log() + "-999999999")) {
            try (EventListenerClient client = follow("?room=" + room, "Last-Event-ID", id)) {
                Sent last = client.await(sent -> sent.id().equals(ids.getLast()));
                assertThat(last).isNotNull();
                assertThat(client.all().getFirst().event()).isEqualTo("missed");
                String from = ids.get(1); // the first had to go for the one in another room
                assertThat(client.all().getFirst().data()).isEqualTo("{\"from\":\"" + from + "\"}");
                assertThat(ids(client)).containsExactlyElementsOf(ids.subList(1, ids.size()));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?after=5",
                "?after=zzzzzzzz-1",
                "?after=5f0c1a2b-9999999999999999999",
                "?types=room.painted",
                "?types=",
                "?types=room.deleted,",
                "?room=",
                "?room=a%20b",
                "?room=a&room=%0A"
            })
    @DisplayName("is refused when it asks for what there cannot be")
    void odd(String query) {
        admin.get("/events/log" + query).problem(400, "invalid-request");
        try (EventListenerClient client = follow(query)) {
            assertThat(client.response().statusCode()).isEqualTo(400);
            assertThat(client.response().headers().map())
                    .containsEntry("Content-Type", List.of("application/problem+json"));
        }
    }

    @Test
    @DisplayName("is answered as everywhere: to HEAD, to other methods and types, and without a token")
    void asEverywhere() {
        try (EventListenerClient client = follow("", "Last-Event-ID", "what")) {
            assertThat(client.response().statusCode()).isEqualTo(400);
        }
        admin.get("/events", "Accept", "application/json").problem(406, "not-acceptable");
        admin.post("/events", "{}").problem(405, "method-not-allowed");
        AdminClient.Answer head =
                admin.send(admin.request("/events").method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(head.hasStatus(200).body()).isEmpty();
        assertThat(head.header("Content-Type")).isEqualTo("text/event-stream");
        assertThat(admin.send(admin.request("/events").setHeader("Authorization", "Bearer no"))
                        .response()
                        .statusCode())
                .isEqualTo(401);
        assertThat(follower.size()).isZero();
    }

    @Test
    @DisplayName("can list what is kept, page by page, without listening")
    void log() throws EventStoreException {
        List<String> ids = happenBesides(120);
        String next = "";
        List<String> got = new ArrayList<>();
        JsonObject page;
        do {
            page = admin.get("/events/log?room=" + room + "&limit=50" + (next.isEmpty() ? "" : "&after=" + next))
                    .json(200);
            AdminClient.objects(page, "events").forEach(event -> got.add(String.valueOf(event.string("id"))));
            next = String.valueOf(page.string("next"));
            assertThat(page.get("missed")).hasToString("false");
        } while (!AdminClient.objects(page, "events").isEmpty());
        assertThat(got).containsExactlyElementsOf(ids);
        assertThat(next).isEqualTo(store.last().text());
        admin.get("/events/log?limit=201").problem(400, "invalid-request");
        assertThat(admin.get("/events/log?after=00000000-5").json(200).get("missed"))
                .hasToString("true");
    }

    @Test
    @DisplayName(
            "is one of 1,000 while a room is drawn in, and all of them are told all; one above the bound is told to come later")
    void thousand() throws Exception {
        List<EventListenerClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 1_005; i++) {
                clients.add(follow(i % 5 == 0 ? "" : "?room=" + room));
                if (i % 100 == 99) {
                    clients.getLast().ready();
                }
            }
            clients.forEach(EventListenerClient::ready);
            assertThat(follower.size()).isEqualTo(1_005);
            try (EventListenerClient refused = follow("")) {
                assertThat(refused.response().statusCode()).isEqualTo(503);
                assertThat(refused.response().headers().map()).containsKey("Retry-After");
            }
            admin.send(admin.request("/events").method("HEAD", HttpRequest.BodyPublishers.noBody()))
                    .hasStatus(200);
            List<String> ids = new ArrayList<>();
            try (TestSocket socket = TestSocket.join(port, room, "drawing")) {
                for (int i = 1; i <= 100; i++) {
                    assertThat(socket.push(i, "p" + i, "page " + i)).contains("commit");
                    ids.add(happens(room).id().text());
                }
            }
            String last = happens(room).id().text();
            ids.add(last);
            for (EventListenerClient client : clients) {
                client.await(sent -> sent.id().equals(last));
                assertThat(client.events().stream()
                                .filter(sent -> sent.event().equals("limit.hit"))
                                .map(Sent::id))
                        .containsExactlyElementsOf(ids);
                assertThat(ids(client)).doesNotHaveDuplicates();
                assertThat(client.events()).extracting(Sent::event).contains("room.changed", "session.joined");
            }
        } finally {
            clients.forEach(EventListenerClient::close);
        }
        everybodyHasGone();
        try (EventListenerClient again = follow("")) {
            again.ready();
        }
    }

    @Test
    @DisplayName("holds up nobody when it does not read, and is cut off")
    void deaf() throws Exception {
        try (Socket deaf = EventListenerClient.openDeaf(port, "/events");
                EventListenerClient reading = follow("?room=" + room).ready()) {
            await().until(() -> follower.size() == 2);
            Instant begun = Instant.now();
            int written = 0;
            while (follower.size() == 2) {
                String last = happen(room, 500).getLast();
                reading.await(sent -> sent.id().equals(last));
                written += 500;
                assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(60));
            }
            assertThat(reading.events()).hasSize(written);
            assertThat(reading.all()).extracting(Sent::event).doesNotContain("missed");
            assertThat(deaf.isConnected()).isTrue();
        }
    }

    @Test
    @DisplayName("can ask who is where in a room, and gets what clients say as far as it can be understood")
    void presence() {
        admin.get("/rooms/" + room + "/presence").problem(404, "room-not-found");
        admin.post("/rooms", "{\"id\":\"" + room + "\"}").hasStatus(201);
        assertThat(AdminClient.objects(admin.get("/rooms/" + room + "/presence").json(200), "presence"))
                .isEmpty();
        try (TestSocket silent = TestSocket.join(port, room, "silent");
                TestSocket ada = TestSocket.join(port, room, "ada")) {
            ada.send("""
                    {"type":"push","clientClock":1,"presence":["put",%s]}""".formatted(PRESENCE.replace('\'', '"')));
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(AdminClient.objects(
                            admin.get("/rooms/" + room + "/presence").json(200), "presence"))
                    .anySatisfy(one -> {
                        assertThat(one.string("sessionId")).isEqualTo("ada");
                        assertThat(one.string("userId")).isEqualTo("user:1");
                        assertThat(one.string("name")).isEqualTo("Ada");
                        assertThat(one.string("page")).isEqualTo("page:page");
                        assertThat(one.get("cursor")).hasToString("{\"x\":3,\"y\":4.5}");
                        assertThat(one.get("camera")).hasToString("{\"x\":1,\"y\":2,\"z\":0.5}");
                        assertThat(one.get("selected")).hasToString("[\"shape:a\"]");
                        assertThat(one.string("lastActivity")).isEqualTo("1970-01-01T00:00:01Z");
                        assertThat(one.has("idle")).isTrue();
                        assertThat(one.has("following")).isFalse();
                    })
                    .anySatisfy(one -> assertThat(one.toString())
                            .isEqualTo("{\"sessionId\":\"silent\",\"readonly\":false,\"selected\":[]}")));
            silent.assertAlive();
        }
    }
}
