package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.drawbridge.events.EventId;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each server calls the one receiver at a path of its own, so that it is seen which one calls. The events of a room make up a
 * whole: its changes go on from clock to clock, up to what is stored.
 */
@DisplayName("Three servers on one Redis with a webhook")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WebhooksOfClusterIT {
    private static final String WEBHOOK = "crm";
    private static final List<String> ROOMS =
            IntStream.range(0, 6).mapToObj(i -> "room-" + i).toList();

    /** A task lapses after fifteen seconds; what was not told is looked for every fifteen, twice. */
    private static final Duration LONG = Duration.ofMinutes(3);

    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Set<String> underWay = new HashSet<>();
    private final List<String> overlaps = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> pushed = new HashMap<>();
    private HttpServer receiver;
    private ServersBehindOneAddress cluster;

    /** @param server that has called */
    private record Call(String server, String id, JsonObject event) {

        String room() {
            return String.valueOf(event.string("room"));
        }

        long number(String name) {
            return event.get("data") instanceof JsonObject data && data.get(name) instanceof JsonNumber number
                    ? (long) number.value()
                    : -1;
        }

        boolean is(String type) {
            return type.equals(event.string("type"));
        }
    }

    @BeforeAll
    void begin(@TempDir Path folder) throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        receiver.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        receiver.createContext("/", this::receive);
        receiver.start();
        String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/";
        cluster = new ServersBehindOneAddress(
                folder,
                3,
                name -> List.of(
                        "--drawbridge.webhooks[0].name=" + WEBHOOK,
                        "--drawbridge.webhooks[0].url=" + url + name,
                        "--drawbridge.webhooks[0].secret=a-secret-that-is-long-enough",
                        "--drawbridge.events.debounce=10ms",
                        "--drawbridge.events.debounce-most=10ms",
                        "--drawbridge.cluster.heartbeat=1s"));
    }

    @AfterAll
    void end() throws IOException {
        cluster.close();
        receiver.stop(0);
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            String server = exchange.getRequestURI().getPath().substring(1);
            String id = exchange.getRequestHeaders().getFirst("webhook-id");
            JsonObject event = (JsonObject) Json.parse(exchange.getRequestBody().readAllBytes());
            String room = String.valueOf(event.string("room"));
            synchronized (underWay) {
                if (!underWay.add(room)) {
                    overlaps.add(room);
                }
            }
            calls.add(new Call(server, id, event));
            synchronized (underWay) {
                underWay.remove(room);
            }
            exchange.sendResponseHeaders(204, -1);
        } catch (JsonException e) {
            throw new IOException(e);
        }
    }

    /** Somebody comes into each room over some server and draws. */
    private void draw(int pages) {
        List<ServerProcess> servers = cluster.servers();
        for (int i = 0; i < ROOMS.size(); i++) {
            String room = ROOMS.get(i);
            try (TestSocket socket = TestSocket.join(
                    servers.get(i % servers.size()).port(), room, "s-" + room + "-" + pushed.getOrDefault(room, 0))) {
                for (int page = 0; page < pages; page++) {
                    push(socket, room, page + 1);
                }
            }
        }
    }

    private void push(TestSocket socket, String room, int clientClock) {
        int all = pushed.merge(room, 1, Integer::sum);
        assertThat(socket.push(clientClock, "p" + all, "Page " + all)).contains("commit");
    }

    private long storedClock(String room) {
        return Long.parseLong(cluster.redis().cli().hget("drawbridge:{" + room + "}:meta", "clock"));
    }

    private Set<String> logged() {
        return Set.copyOf(cluster.redis().cli().zrange("drawbridge:{events}:log:ids", 0, -1));
    }

    /** All has come: whatever is in the log, and of each room all changes up to what is stored. */
    private void awaitAll() {
        await().atMost(LONG).untilAsserted(() -> {
            for (String room : ROOMS) {
                assertThat(told(room)).as(room).isEqualTo(storedClock(room));
            }
            assertThat(calls.stream().map(Call::id)).containsAll(logged());
            assertThat(cluster.redis().cli().exists("drawbridge:{events}:waiting:" + WEBHOOK + ":ids"))
                    .isZero();
        });
        for (String room : ROOMS) {
            assertWhole(room);
        }
        assertThat(overlaps).isEmpty();
    }

    private long told(String room) {
        return calls.stream()
                .filter(call -> call.room().equals(room) && (call.is("room.changed") || call.is("room.created")))
                .mapToLong(call -> call.number("clock"))
                .max()
                .orElse(-1);
    }

    /** What was sent twice counts once. */
    private void assertWhole(String room) {
        Set<String> seen = new HashSet<>();
        long clock = -1;
        for (Call call : calls) {
            if (!call.room().equals(room) || !seen.add(call.id())) {
                continue;
            }
            if (call.is("room.created")) {
                assertThat(clock).as("before %s", call).isEqualTo(-1);
                clock = call.number("clock");
            } else if (call.is("room.changed")) {
                assertThat(call.number("since")).as("since of %s", call).isEqualTo(clock);
                clock = call.number("clock");
            }
        }
        assertThat(clock).isEqualTo(storedClock(room));
    }

    private List<String> serversFrom(int call) {
        return calls.subList(call, calls.size()).stream()
                .map(Call::server)
                .distinct()
                .toList();
    }

    private ServerProcess dispatching() {
        String last = calls.getLast().server();
        return cluster.servers().stream()
                .filter(server -> cluster.name(server).equals(last))
                .findAny()
                .orElseThrow();
    }

    @Test
    @Order(1)
    @DisplayName("Whatever happens at any of them is sent by one of them, each event once")
    void one() {
        draw(5);
        awaitAll();

        assertThat(serversFrom(0)).hasSize(1);
        assertThat(calls.stream().map(Call::id)).doesNotHaveDuplicates();
        assertThat(calls.stream().map(call -> call.event().string("node")).distinct())
                .as("nodes that have rooms open")
                .hasSizeGreaterThan(1);
    }

    @Test
    @Order(2)
    @DisplayName(
            "A node that has a room open is killed with kill -9: what is stored is told, and the room is said to be lost")
    void ownerKilled() {
        String sending = cluster.name(dispatching());
        int before = calls.size();
        List<TestSocket> open = new ArrayList<>();
        try {
            String room = null;
            for (int i = 0; room == null && i < ROOMS.size(); i++) {
                TestSocket socket = TestSocket.join(cluster.servers().get(i % 3).port(), ROOMS.get(i), "owner-" + i);
                open.add(socket);
                push(socket, ROOMS.get(i), 1);
                if (!cluster.name(cluster.owner(ROOMS.get(i))).equals(sending)) {
                    room = ROOMS.get(i);
                }
            }
            ServerProcess owner = cluster.owner(String.valueOf(room));
            for (int clock = 2; clock < 12; clock++) {
                push(open.getLast(), String.valueOf(room), clock);
            }
            cluster.kill(owner);
            String lost = String.valueOf(room);
            await().atMost(LONG).untilAsserted(() -> assertThat(calls.subList(before, calls.size()))
                    .anySatisfy(call -> assertThat(call.event().toString())
                            .contains("room.closed", "\"lost\"", "\"" + lost + "\"")));
        } finally {
            open.forEach(TestSocket::close);
        }
        awaitAll();
        draw(2);
        awaitAll();

        assertThat(serversFrom(before)).containsExactly(sending);
        assertThat(calls.stream().map(Call::id)).doesNotHaveDuplicates();
    }

    @Test
    @Order(3)
    @DisplayName("The node that sends is killed with kill -9: another one sends, from then on alone")
    void senderKilled() {
        cluster.start();
        ServerProcess sending = dispatching();
        String name = cluster.name(sending);
        draw(1);
        cluster.kill(sending);
        int before = calls.size();
        draw(3);
        awaitAll();

        assertThat(serversFrom(before)).hasSize(1).doesNotContain(name);
    }

    @Test
    @Order(4)
    @DisplayName(
            "Redis is killed and comes back with all that it had: events go on in another log, and all of them are sent")
    void redisKilled() {
        draw(1);
        cluster.redis().kill();
        cluster.redis().startAgain();
        await().ignoreExceptions().atMost(LONG).untilAsserted(() -> draw(1));
        draw(2);
        awaitAll();

        assertThat(logOf(calls.getLast())).isNotEqualTo(logOf(calls.getFirst()));
    }

    private static String logOf(Call call) {
        return EventId.parse(call.id()).orElseThrow().log();
    }
}
