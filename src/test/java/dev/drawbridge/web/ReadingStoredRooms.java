package dev.drawbridge.web;

import static dev.drawbridge.web.AdminClient.objects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.host.ByteBudget;
import dev.drawbridge.host.NodeMemory;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.web.AdminClient.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What is read of a room that is only stored leaves it as it is, whatever store it is in. */
abstract class ReadingStoredRooms {
    private static final String TAKEN = "drawbridge_room_ownership_total{change=\"taken\"}";

    @LocalServerPort
    int port;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private NodeMemory memory;

    @SuppressWarnings("NullAway.Init") // made before each test
    private AdminClient admin;

    private final String room = "r-" + UUID.randomUUID();

    /** Whatever the store knows of who owns the room, and how often it was taken over. */
    abstract String ownership(String room);

    @BeforeEach
    void storeRoom() {
        admin = new AdminClient(port);
        admin.post("/rooms", "{\"id\":\"" + room + "\"}").hasStatus(201);
        for (String id : new String[] {"b", "a", "c"}) {
            admin.put(path("/records/page:" + id), """
                    {"id":"page:%s","typeName":"page","name":"%s","index":"a5","meta":{}}""".formatted(id, id)).hasStatus(201);
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(admin.get(path("")).json(200).string("state"))
                        .isEqualTo("stored"));
    }

    private String path(String more) {
        return "/rooms/" + room + more;
    }

    @Test
    @DisplayName(
            "A record, the records and the snapshot of a stored room are read, and it is neither opened nor taken over")
    void reads() throws IOException, InterruptedException {
        String ownership = ownership(room);
        double taken = Scrape.of(port).value(TAKEN);
        JsonObject before = admin.get(path("")).json(200);
        String tag = "\"" + before.get("documentClock") + "\"";

        Answer record = admin.get(path("/records/page:b"));
        assertThat(record.json(200).string("name")).isEqualTo("b");
        assertThat(record.header("ETag")).isEqualTo(tag);
        admin.get(path("/records/page:b"), "If-None-Match", tag).hasStatus(304);
        admin.get(path("/records/page:none")).problem(404, "record-not-found");

        Answer first = admin.get(path("/records?typeName=page&limit=2"));
        assertThat(first.header("ETag")).isEqualTo(tag);
        assertThat(names(first.json(200))).isEqualTo("[a, b]");
        String next = String.valueOf(first.json(200).string("next"));
        JsonObject last =
                admin.get(path("/records?typeName=page&limit=2&cursor=" + next)).json(200);
        assertThat(names(last)).isEqualTo("[c, Page 1]");
        assertThat(last.has("next")).isFalse();
        admin.get(path("/records?limit=0")).problem(400, "invalid-request");
        admin.get(path("/records?cursor=!")).problem(400, "invalid-request");

        Answer snapshot = admin.get(path("/snapshot"));
        assertThat(snapshot.header("ETag")).isEqualTo(tag);
        assertThat(objects(snapshot.json(200), "documents")).hasSize(5);
        admin.get(path("/snapshot"), "If-None-Match", tag).hasStatus(304);

        assertThat(admin.get(path("")).json(200)).isEqualTo(before);
        assertThat(objects(admin.get("/rooms?state=active&query=" + room).json(200), "rooms"))
                .isEmpty();
        assertThat(ownership(room)).isEqualTo(ownership);
        assertThat(Scrape.of(port).value(TAKEN)).isEqualTo(taken);
        for (String read : new String[] {"/snapshot", "/records", "/records/page:b"}) {
            admin.get("/rooms/" + room + ".none" + read).problem(404, "room-not-found");
        }
    }

    @Test
    @DisplayName(
            "A download waits for nobody's memory: it is refused for a moment, unless nothing has to be read for it")
    void noMemory() {
        String tag = admin.get(path("/snapshot")).hasStatus(200).header("ETag");
        ByteBudget budget = memory.imports();
        await().until(() -> budget.held() == 0);
        budget.tryTake(budget.most());
        try {
            Answer refused = admin.get(path("/snapshot"));
            refused.problem(503, "unavailable");
            assertThat(refused.header("Retry-After")).isEqualTo("2");
            admin.post(path("/duplicate"), "{}").problem(503, "unavailable");
            admin.get(path("/snapshot"), "If-None-Match", tag).hasStatus(304);
            admin.get(path("/records/page:b")).hasStatus(200);
            admin.get(path("/records?limit=2")).hasStatus(200);
        } finally {
            budget.giveBack(budget.most());
        }
        admin.get(path("/snapshot")).hasStatus(200);
        await().until(() -> budget.held() == 0);
    }

    private static String names(JsonObject page) {
        return objects(page, "records").stream()
                .map(record -> record.string("name"))
                .toList()
                .toString();
    }
}
