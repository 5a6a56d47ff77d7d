package dev.drawbridge.room;

import static dev.drawbridge.room.RoomAssertions.assertThat;

import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.protocol.ClientMessage;
import dev.drawbridge.protocol.DataEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("[issue 10.4] a client that reads too slowly is told what became true in place of each change")
class CatchUpTest {
    /** Clock 2: shape:a and shape:b. */
    private final RoomFixture room = RoomFixture.with(Records.geo("a"), Records.geo("b"));

    private final TestClient editor = room.join("editor");
    private final TestClient slow = room.join("slow");

    @Test
    @DisplayName("whole records for what has changed since, removes for what was deleted since, at the present clock")
    void documents() {
        editor.push(Diffs.patch("shape:a", "{'x':['put',1]}"));
        editor.push(Diffs.patch("shape:a", "{'x':['put',2]}"));
        editor.push(Diffs.remove("shape:b"));
        editor.push(Diffs.put(Records.geo("c")));
        slow.forget();

        catchUp(slow, 2);

        assertThat(slow)
                .gotPatch(Diffs.all(
                        Diffs.put(Records.with(Records.geo("a"), "x", "2")),
                        Diffs.put(Records.geo("c")),
                        Diffs.remove("shape:b")))
                .atClock(6)
                .gotNothing();
    }

    @Test
    @DisplayName("the records are the arrays that the room keeps")
    void shared() {
        JsonObject large = Records.withMeta(Records.geo("large"), "'" + "x".repeat(10_000) + "'");
        editor.push(Diffs.put(large));

        Effect.Send send =
                (Effect.Send) room.room().catchUp(slow, 2, room.now()).getFirst();

        byte[] kept = room.snapshot().documents().stream()
                .filter(record -> record.id().equals("shape:large"))
                .findFirst()
                .orElseThrow()
                .json();
        Assertions.assertThat(send.message().encode().slices())
                .toIterable()
                .anySatisfy(slice -> Assertions.assertThat(slice).isSameAs(kept));
    }

    @Test
    @DisplayName("[§16] the presence of everybody else, and who has gone since")
    void presences() {
        editor.pushPresence(Diffs.putOp(Records.presence("editor")));
        slow.pushPresence(Diffs.putOp(Records.presence("slow")));
        TestClient gone = room.join("gone");
        gone.pushPresence(Diffs.putOp(Records.presence("gone")));
        room.perform(room.room().closeSession("gone", null));
        slow.forget();

        catchUp(slow, 2);

        assertThat(slow)
                .gotPatch(Diffs.all(
                        Diffs.put(Records.with(Records.presence("editor"), "id", "'" + TestClient.presenceId(1) + "'")),
                        Diffs.remove(TestClient.presenceId(3))))
                .atClock(2);
    }

    @Test
    @DisplayName("who has gone before it came is no news")
    void goneBefore() {
        TestClient gone = room.join("gone");
        gone.pushPresence(Diffs.putOp(Records.presence("gone")));
        room.perform(room.room().closeSession("gone", null));
        TestClient late = room.join("late");

        catchUp(late, 2);

        assertThat(late).gotPatch(JsonObject.EMPTY);
    }

    @Test
    @DisplayName("when more have gone than are remembered it has to connect again")
    void tooManyGone() {
        for (int i = 0; i <= 1_000; i++) {
            TestClient gone = room.join("gone");
            gone.pushPresence(Diffs.putOp(Records.presence("gone")));
            room.perform(room.room().closeSession("gone", null));
        }
        slow.forget();

        catchUp(slow, 2);

        assertThat(slow).gotNothing().wasClosedToComeBack();
    }

    @Test
    @DisplayName("[§11] when the clock is before the history it has to connect again")
    void beforeHistory() {
        catchUp(slow, 0);

        assertThat(slow).gotNothing().wasClosedToComeBack();
    }

    @Test
    @DisplayName("[§13] in the form of its own schema; only what it lacks is migrated")
    void olderSchema() {
        TestClient old = room.client("old").schema(Schemas.V5_2_4).join();
        editor.push(Diffs.patch("shape:a", "{'x':['put',1]}"));
        old.forget();
        long before = room.room().recordsMigrated();

        catchUp(old, 2);

        assertThat(old)
                .gotPatch(Diffs.put(Records.withoutProp(
                        Records.withoutProp(Records.with(Records.geo("a"), "x", "1"), "flipX"), "flipY")))
                .atClock(3);
        Assertions.assertThat(room.room().recordsMigrated() - before)
                .as("the patch has migrated it before")
                .isZero();
    }

    @Test
    @DisplayName("[§15] a socket that takes no part is not told anything")
    void notConnected() {
        TestClient waiting = room.client("waiting").open();
        Assertions.assertThat(room.room().catchUp(waiting, 2, room.now())).isEmpty();
        slow.disconnect();
        Assertions.assertThat(room.room().catchUp(slow, 2, room.now())).isEmpty();
    }

    @Test
    @DisplayName(
            "[§12.6] the result of a push that was dropped is sent as a discard, at the clock that the client has reached")
    void discarded() {
        List<Effect> effects = room.room()
                .receive(
                        slow,
                        new ClientMessage.Push(JsonNumber.of(7), Diffs.put(Records.geo("c")), null),
                        100,
                        room.now());

        DataEvent.PushResult result = effects.stream()
                .filter(Effect.Send.class::isInstance)
                .map(send -> (DataEvent.PushResult) ((Effect.Send) send).message())
                .findFirst()
                .orElseThrow();

        Assertions.assertThat(new String(result.discarded(2).encode().whole(), StandardCharsets.UTF_8))
                .isEqualTo("{\"type\":\"push_result\",\"clientClock\":7,\"serverClock\":2,\"action\":\"discard\"}");
    }

    private void catchUp(TestClient client, long sinceClock) {
        room.perform(room.room().catchUp(client, sinceClock, room.now()));
    }
}
