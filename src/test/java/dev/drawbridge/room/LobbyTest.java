package dev.drawbridge.room;

import static dev.drawbridge.room.RoomAssertions.assertThat;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.schema.ClientCompatibility;
import dev.drawbridge.schema.MigrationException;
import dev.drawbridge.schema.SerializedSchema;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("[issue 10.6] clients of an older schema wait while the room is translated for them, and nobody else does")
class LobbyTest {
    private static final int RECORDS = 20;
    private static final int A_TURN = 3;

    private final RoomFixture room = RoomFixture.workingByHand(content(), A_TURN);
    private final TestClient editor = room.join("editor");

    @Test
    @DisplayName("[§8] the answer comes after as many turns as there is work for")
    void waits() {
        TestClient old = old("old").connect();

        Assertions.assertThat(turnsUntilAnswered(old)).isEqualTo((RECORDS + A_TURN - 1) / A_TURN);
        Assertions.assertThat(room.work()).as("more work").isFalse();
    }

    @Test
    @DisplayName("the second of them costs nothing, and an edit as much as the record that it changes")
    void once() {
        TestClient first = old("first").connect();
        turnsUntilAnswered(first);
        Assertions.assertThat(room.room().recordsMigrated()).isEqualTo(RECORDS);

        assertThat(old("second").join()).wasGiven(theirs("1"));
        Assertions.assertThat(room.room().recordsMigrated()).isEqualTo(RECORDS);

        for (int x = 1; x <= 10; x++) {
            editor.push(Diffs.patch("shape:1", "{'x':['put'," + x + "]}"));
        }
        assertThat(old("third").join()).wasGiven(Records.with(theirs("1"), "x", "10"));
        Assertions.assertThat(room.room().recordsMigrated())
                .as("each version of the record once: for the patches, and not again for who joins")
                .isLessThanOrEqualTo(RECORDS + 11);
    }

    @Test
    @DisplayName("all who come meanwhile share the work")
    void together() {
        List<TestClient> clients =
                IntStream.range(0, 10).mapToObj(i -> old("old" + i).connect()).toList();

        turnsUntilAnswered(clients.getLast());

        clients.forEach(client -> Assertions.assertThat(client.hasNext()).isTrue());
        Assertions.assertThat(room.room().recordsMigrated()).isEqualTo(RECORDS);
    }

    @Test
    @DisplayName("what is pushed between the turns is answered at once, and is in the answer to those who wait")
    void editsMeanwhile() {
        TestClient old = old("old").connect();
        room.work();

        editor.push(Diffs.all(
                Diffs.patch("shape:1", "{'x':['put',1]}"), Diffs.put(Records.geo("new")), Diffs.remove("shape:2")));
        assertThat(editor).gotCommit();

        turnsUntilAnswered(old);
        JsonObject diff = (JsonObject) old.next().get("diff");
        Assertions.assertThat(diff).isNotNull();
        Assertions.assertThat(diff.get("shape:1")).isEqualTo(Diffs.putOp(Records.with(theirs("1"), "x", "1")));
        Assertions.assertThat(diff.get("shape:new")).isEqualTo(Diffs.putOp(theirs("new")));
        Assertions.assertThat(diff.has("shape:2")).isFalse();
        assertThat(old).gotNothing();
    }

    @Test
    @DisplayName("[§12.6] what such a client sends meanwhile is held, and handled in order after the answer")
    void pipelined() {
        TestClient old = old("old").connect();
        old.ping();
        old.push(Diffs.patch("shape:1", "{'x':['put',1]}"));
        old.push(Diffs.patch("shape:1", "{'x':['put',2]}"));
        assertThat(old).gotNothing();

        turnsUntilAnswered(old);

        Assertions.assertThat(old.next().string("type")).isEqualTo("connect");
        assertThat(old).gotPong().gotCommit().gotCommit().gotNothing();
        assertThat(room).holds(Records.with(Records.geo("1"), "x", "2"));
    }

    @Test
    @DisplayName("[§21.6] what is held is bounded in count and in length; who says more has to connect again")
    void heldIsBounded() {
        TestClient many = old("many").connect();
        TestClient much = old("much").connect();

        IntStream.rangeClosed(0, 64).forEach(i -> many.ping());
        much.push(Diffs.put(Records.withMeta(Records.geo("1"), "'" + "x".repeat(300_000) + "'")));

        assertThat(many).wasClosedToComeBack();
        assertThat(much).wasClosedToComeBack();
        Assertions.assertThat(room.work()).isTrue();
        Assertions.assertThat(room.work()).as("work for nobody").isFalse();
    }

    @Test
    @DisplayName("[§15] who waits is not idle")
    void notIdle() {
        TestClient old = old("old").connect();

        room.advance(Duration.ofMinutes(1));

        assertThat(old).isOpen();
    }

    @Test
    @DisplayName("[§15] a socket that goes away is worked for no longer")
    void leaves() {
        TestClient old = old("old").connect();
        room.work();
        old.disconnect();

        room.work();

        Assertions.assertThat(room.work()).isFalse();
        Assertions.assertThat(room.room().recordsMigrated()).isEqualTo(A_TURN);
    }

    @Test
    @DisplayName("[§11] who has missed little does not wait for the whole room")
    void incremental() {
        editor.push(Diffs.patch("shape:1", "{'x':['put',1]}"));

        assertThat(old("back").lastServerClock(1).join())
                .isHydrated("wipe_presence", 2)
                .wasGiven(Records.with(theirs("1"), "x", "1"));
        Assertions.assertThat(room.room().recordsMigrated()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "[§13] [§21.10] who needs a record without a way down is refused when that is found, and at once afterwards")
    void noWayDown() {
        TestClient old = room.client("old").schema(Schemas.V5_0_1);
        editor.push(Diffs.put(Records.draw2d("bad", "AAAA")));
        old.connect();
        while (room.work()) {
            // until it is found
        }
        assertThat(old).gotNothing().wasRefused(RefusalReason.CLIENT_TOO_OLD);

        long before = room.room().recordsMigrated();
        TestClient again = room.client("again").schema(Schemas.V5_0_1).connect();
        assertThat(again).gotNothing().wasRefused(RefusalReason.CLIENT_TOO_OLD);
        Assertions.assertThat(room.room().recordsMigrated()).isEqualTo(before);

        editor.push(Diffs.remove("shape:bad"));
        TestClient cured = room.client("cured").schema(Schemas.V5_0_1).connect();
        turnsUntilAnswered(cured);
    }

    @Test
    @DisplayName("what is kept is counted, stays for a while after the last client has gone, and goes as a whole then")
    void forgotten() {
        TestClient old = old("old").connect();
        turnsUntilAnswered(old);
        long kept = room.room().translatedBytes();
        Assertions.assertThat(kept).isGreaterThan(RECORDS * 100L);

        room.perform(room.room().closeSession("old", null));
        room.advance(Duration.ofMinutes(1));
        Assertions.assertThat(room.room().translatedBytes()).isEqualTo(kept);
        room.advance(Duration.ofMinutes(2));
        Assertions.assertThat(room.room().translatedBytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.0.1", "5.2.4", "5.4.2", "v1-5.4.2-synthetic"})
    @DisplayName("[§11] [§13] the answer is what migrating each record for this client comes to")
    void sameAsDirectly(String version) throws JsonException, IOException, MigrationException {
        SerializedSchema schema = schema(version);
        ClientCompatibility.Compatible compatible =
                (ClientCompatibility.Compatible) Schemas.OURS.compatibilityWith(schema);
        JsonObject.Builder expected = JsonObject.builder();
        for (StoredRecord record : room.snapshot().documents()) {
            JsonObject theirs = compatible.migrations().down(ParsedRecords.parse(record));
            expected.put(record.id(), Diffs.putOp(theirs));
        }

        TestClient client = room.client("client").schema(schema).connect();
        turnsUntilAnswered(client);

        Assertions.assertThat(client.next().get("diff")).isEqualTo(expected.build());
    }

    private int turnsUntilAnswered(TestClient client) {
        int turns = 0;
        while (!client.hasNext() && room.work()) {
            turns++;
        }
        Assertions.assertThat(client.hasNext()).as("answered").isTrue();
        return turns;
    }

    private TestClient old(String sessionId) {
        return room.client(sessionId).schema(Schemas.V5_2_4);
    }

    private static JsonObject theirs(String name) {
        return Records.withoutProp(Records.withoutProp(Records.geo(name), "flipX"), "flipY");
    }

    private static RoomSnapshot content() {
        List<StoredRecord> records = new ArrayList<>();
        List<JsonObject> more = List.of(
                Records.page(),
                Records.note("note"),
                Records.draw("draw"),
                Records.arrow("arrow"),
                Records.frame("frame"),
                Records.text("text"),
                Records.imageAsset("image"));
        more.forEach(record -> records.add(stored(record)));
        for (int i = records.size(); i < RECORDS; i++) {
            records.add(stored(Records.geo(String.valueOf(i - more.size()))));
        }
        return new RoomSnapshot(records, Map.of(), 1, 1, Schemas.OURS.serialize());
    }

    private static StoredRecord stored(JsonObject record) {
        return new StoredRecord(Records.idOf(record), Json.encode(record), 1);
    }

    private static SerializedSchema schema(String version) throws JsonException, IOException {
        try (InputStream in = LobbyTest.class.getResourceAsStream("/schema/serialized/" + version + ".json")) {
            return SerializedSchema.read(Json.parse(Objects.requireNonNull(in).readAllBytes()))
                    .orElseThrow();
        }
    }
}
