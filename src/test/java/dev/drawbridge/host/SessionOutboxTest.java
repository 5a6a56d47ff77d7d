package dev.drawbridge.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.protocol.ConnectResponse;
import dev.drawbridge.protocol.ConnectResponse.HydrationType;
import dev.drawbridge.protocol.DataEvent;
import dev.drawbridge.protocol.ObjectAccess;
import dev.drawbridge.protocol.Payload;
import dev.drawbridge.protocol.RecordPuts;
import dev.drawbridge.protocol.ServerMessage;
import dev.drawbridge.room.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("An outbox")
class SessionOutboxTest {
    private static final String PONG = "{\"type\":\"pong\"}";
    private static final String CUSTOM = "{\"type\":\"custom\",\"data\":\"news\"}";
    private static final long MOST = 300;

    private final HandSocket socket = new HandSocket();
    private final HandLoop loop = new HandLoop();
    private final ByteBudget budget = new ByteBudget(10_000);
    private final Room room = new Room();
    private final SessionOutbox outbox = new SessionOutbox(socket, loop, MOST, budget, room, HostObserver.NONE);

    /** Whom the outbox tells. */
    private static final class Room implements Outlet.Listener {
        private final List<Long> folds = new ArrayList<>();
        private int overflows;

        @Override
        public void overflowed() {
            overflows++;
        }

        @Override
        public void folded(long sinceClock) {
            folds.add(sinceClock);
        }
    }

    @Nested
    @DisplayName("[§14] keeps the rhythm:")
    class Rhythm {

        @Test
        @DisplayName("the first event goes out at once")
        void first() {
            data("1");
            assertSent(message("1"));
        }

        @Test
        @DisplayName("what follows within a sixtieth of a second goes out together, in order")
        void gathers() {
            data("1");
            data("2");
            data("3");
            assertSent(message("1"));
            loop.pause();
            assertSent(message("1"), message("2,3"));
        }

        @Test
        @DisplayName("after a sixtieth of a second in which nothing came the next event goes out at once")
        void idleAgain() {
            data("1");
            loop.pause();
            data("2");
            assertSent(message("1"), message("2"));
        }

        @Test
        @DisplayName("after a lone event that was held back the next one goes out at once")
        void lone() {
            data("1");
            data("2");
            loop.pause();
            data("3");
            assertSent(message("1"), message("2"), message("3"));
        }

        @Test
        @DisplayName("another message goes out at once, after the data that came before it")
        void urgent() {
            data("1");
            data("2");
            say(new ServerMessage.Custom(new JsonString("news")));
            assertSent(message("1"), message("2"), CUSTOM);
            assertThat(loop.paced()).as("pauses under way").isEqualTo(1);
        }

        @Test
        @DisplayName("a pong overtakes the data that waits, and leaves it waiting")
        void pong() {
            data("1");
            data("2");
            say(new ServerMessage.Pong());
            assertSent(message("1"), PONG);
            loop.pause();
            assertSent(message("1"), PONG, message("2"));
        }
    }

    @Nested
    @DisplayName("of a client that does not read")
    class Stuck {

        @BeforeEach
        void stick() {
            socket.stick();
            data("1");
            assertThat(socket.isWaiting()).isTrue();
        }

        @Test
        @DisplayName("sends one message after the other, in order, when the network takes them again")
        void goesOn() {
            data("2");
            say(new ServerMessage.Custom(new JsonString("news")));
            data("3");
            socket.release();
            loop.run();
            loop.pause();
            assertSent(message("1"), message("2"), CUSTOM, message("3"));
        }

        @Test
        @DisplayName("drops events when they become too many, and tells what has become of the room in their place")
        void folds() {
            fill(2);
            assertThat(outbox.queuedBytes()).isLessThanOrEqualTo(MOST + 30);
            assertThat(room.folds).as("asked while a message is on its way").isEmpty();

            socket.release();
            loop.run();
            assertThat(room.folds)
                    .as("asked about all since the clock that was sent last")
                    .containsExactly(1L);
            data("while the room is asked", 60);
            caughtUp("\"all\"", 60);
            data("after", 61);
            loop.pause();
            assertSent(message("1"), message("\"all\",after"));
            assertThat(room.overflows).isZero();
        }

        @Test
        @DisplayName(
                "answers pushes whose answers it has dropped as discarded, in order, before the client is told the rest")
        void answersPushes() {
            pushResult(7, 2);
            fill(2);
            pushResult(8, 50);
            socket.release();
            loop.run();
            caughtUp("\"all\"", 60);
            loop.pause();
            assertSent(
                    message("1"),
                    message("{\"type\":\"push_result\",\"clientClock\":7,\"serverClock\":1,\"action\":\"discard\"},"
                            + "{\"type\":\"push_result\",\"clientClock\":8,\"serverClock\":1,\"action\":\"discard\"},"
                            + "\"all\""));
        }

        @Test
        @DisplayName(
                "does not count a hydration as the client's backlog, and folds what comes after it since its clock")
        void hydration() {
            StoredRecord large =
                    new StoredRecord("page:a", ("\"" + "x".repeat(5_000) + "\"").getBytes(StandardCharsets.UTF_8), 1);
            say(new ConnectResponse(
                    null,
                    HydrationType.WIPE_ALL,
                    JsonObject.EMPTY,
                    40,
                    List.of(new RecordPuts(List.of(large))),
                    List.of(),
                    false,
                    ObjectAccess.WRITE));
            data("2", 41);
            assertThat(room.overflows).isZero();
            fill(42);
            socket.release();
            loop.run();
            assertThat(socket.sent()).hasSize(2);
            assertThat(room.folds).containsExactly(40L);
        }

        @Test
        @DisplayName("is told everything anew by a hydration: nothing need be told in place of what was dropped before")
        void hydratedMeanwhile() {
            pushResult(7, 2);
            fill(2);
            say(new ConnectResponse(
                    null,
                    HydrationType.WIPE_ALL,
                    JsonObject.EMPTY,
                    90,
                    List.of(),
                    List.of(),
                    false,
                    ObjectAccess.WRITE));
            socket.release();
            loop.run();
            assertThat(room.folds).isEmpty();
            assertThat(socket.sent()).hasSize(3);
            assertThat(socket.sent().get(1)).contains("discard");
            assertThat(socket.sent().get(2)).contains("\"connect\"");
        }

        @Test
        @DisplayName("is cut off once when even what cannot be dropped becomes too much, without a close frame")
        void overflows() {
            for (int i = 0; i < 60; i++) {
                pushResult(i, i + 2);
            }
            assertThat(socket.closes()).containsExactly("dropped");
            assertThat(room.overflows).isEqualTo(1);
        }

        @Test
        @DisplayName("does not keep pongs without end")
        void pongs() {
            for (int i = 0; i < 1_000; i++) {
                say(new ServerMessage.Pong());
            }
            assertThat(room.overflows).isZero();
            socket.release();
            loop.run();
            assertThat(socket.sent()).hasSizeLessThan(20);
        }

        @Test
        @DisplayName(
                "is dropped when the network has taken nothing for a quarter of a minute, and not while it takes something")
        void stalls() {
            for (int second = 0; second < 100; second++) {
                outbox.tick(Duration.ofSeconds(second).toMillis());
                socket.takeOne();
            }
            loop.run();
            assertThat(socket.closes()).isEmpty();
            for (int second = 100; second < 116; second++) {
                outbox.tick(Duration.ofSeconds(second).toMillis());
            }
            loop.run();
            assertThat(socket.closes()).containsExactly("dropped");
            assertThat(room.overflows).isEqualTo(1);
        }

        @Test
        @DisplayName("is not waited for long when it is to be closed")
        void stalledClose() {
            outbox.close(CloseCodes.NORMAL, "");
            for (int second = 0; second < 7; second++) {
                outbox.tick(Duration.ofSeconds(second).toMillis());
            }
            loop.run();
            assertThat(socket.closes()).containsExactly("dropped");
        }

        @Test
        @DisplayName("can be closed although a message is on its way: then there is no close frame")
        void aborts() {
            outbox.abort(CloseCodes.SERVICE_RESTART, "");
            loop.run();
            assertThat(socket.closes()).containsExactly("dropped");
        }

        @Test
        @DisplayName("goes on over a move of its room, and is folded since then as before")
        void moves() {
            data("2", 2);
            outbox.moved();
            data("3", 3);
            socket.release();
            loop.run();
            loop.pause();
            assertSent(message("1"), message("2"), message("3"));

            socket.stick();
            data("4", 4);
            loop.pause();
            fill(5);
            socket.release();
            loop.run();
            assertThat(room.folds).containsExactly(4L);
            assertThat(socket.closes()).isEmpty();
        }

        @Test
        @DisplayName(
                "begins anew when it is folded as its room moves: who knew what it has missed has not the room any more")
        void foldedWhenMoving() {
            fill(2);
            outbox.moved();
            loop.run();
            assertThat(socket.closes()).containsExactly("dropped");
            assertThat(outbox.isClosed()).isTrue();
            assertThat(room.folds).isEmpty();
        }

        @Test
        @DisplayName("begins anew when what it has not been sent from before its room moved is dropped later")
        void foldedAfterMoving() {
            data("2", 2);
            outbox.moved();
            fill(3);
            loop.run();
            assertThat(socket.closes()).containsExactly("dropped");
            assertThat(room.folds).isEmpty();
        }

        @Test
        @DisplayName("does not mind that its room has moved when a hydration from there waits for it")
        void hydratedAfterMoving() {
            data("2", 2);
            outbox.moved();
            say(new ConnectResponse(
                    null,
                    HydrationType.WIPE_ALL,
                    JsonObject.EMPTY,
                    40,
                    List.of(),
                    List.of(),
                    false,
                    ObjectAccess.WRITE));
            fill(41);
            socket.release();
            loop.run();
            assertThat(room.folds).containsExactly(40L);
            assertThat(socket.closes()).isEmpty();
        }

        @Test
        @DisplayName("folds before its own bound when the node has no memory left for slow clients")
        void nodeBudget() {
            budget.add(10_000);
            data("2", 2);
            socket.release();
            loop.run();
            assertThat(room.folds).containsExactly(1L);
        }
    }

    @Test
    @DisplayName("counts the bytes of an event once, however many outboxes hold it, until the last has let go of it")
    void sharedBytes() {
        HandSocket other = new HandSocket();
        HandLoop otherLoop = new HandLoop();
        SessionOutbox second = new SessionOutbox(other, otherLoop, MOST, budget, room, HostObserver.NONE);
        SharedEvent event = event("12345678", 1);
        socket.stick();
        other.stick();
        outbox.data(event);
        second.data(event);
        loop.run();
        otherLoop.run();
        assertThat(budget.held()).isEqualTo(8);
        socket.release();
        loop.run();
        assertThat(budget.held()).isEqualTo(8);
        second.abort(CloseCodes.NORMAL, "");
        otherLoop.run();
        assertThat(budget.held()).isZero();
    }

    @Nested
    @DisplayName("at its end")
    class End {

        @Test
        @DisplayName("closes the socket after all that came before, without waiting for the rhythm")
        void closes() {
            data("1");
            data("2");
            outbox.close(4099, "INVALID_RECORD");
            loop.run();
            assertSent(message("1"), message("2"));
            assertThat(socket.closes()).containsExactly("4099INVALID_RECORD");
        }

        @Test
        @DisplayName("sends nothing that comes after the close, and closes once")
        void nothingAfter() {
            outbox.close(CloseCodes.NORMAL, "");
            data("1");
            say(new ServerMessage.Pong());
            outbox.close(CloseCodes.SERVICE_RESTART, "");
            loop.run();
            outbox.abort(CloseCodes.TRY_AGAIN_LATER, "");
            loop.run();
            assertThat(socket.sent()).doesNotContain(message("1"));
            assertThat(socket.closes()).containsExactly("1000");
        }

        @Test
        @DisplayName("drops what waits when it is aborted")
        void aborts() {
            data("1");
            data("2");
            outbox.abort(CloseCodes.TRY_AGAIN_LATER, "");
            loop.run();
            loop.pause();
            assertSent(message("1"));
            assertThat(socket.closes()).containsExactly("1013");
            assertThat(budget.held()).isZero();
        }
    }

    private void fill(long clock) {
        for (int i = 0; i < 40; i++) {
            data("1234567890", clock + i);
        }
    }

    private void data(String event) {
        data(event, 1);
    }

    private void data(String event, long clock) {
        outbox.data(event(event, clock));
        loop.run();
    }

    private void caughtUp(String event, long clock) {
        outbox.caughtUp(event(event, clock));
        loop.run();
    }

    private void pushResult(int clientClock, long clock) {
        outbox.data(new SharedEvent(
                DataEvent.PushResult.of(JsonNumber.of(clientClock), clock, new DataEvent.Action.Commit()), budget));
        loop.run();
    }

    private SharedEvent event(String json, long clock) {
        return new SharedEvent(new DataEvent.Patch(clock, Payload.of(json.getBytes(StandardCharsets.UTF_8))), budget);
    }

    private void say(ServerMessage message) {
        outbox.message(message);
        loop.run();
    }

    private static String message(String events) {
        return "{\"type\":\"data\",\"data\":[" + events + "]}";
    }

    private void assertSent(String... messages) {
        assertThat(socket.sent()).containsExactly(messages);
    }
}
