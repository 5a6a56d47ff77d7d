package dev.drawbridge.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.json.JsonString;
import dev.drawbridge.protocol.ServerMessage;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("An outbox")
class SessionOutboxTest {
    private static final String PONG = "{\"type\":\"pong\"}";
    private static final String CUSTOM = "{\"type\":\"custom\",\"data\":\"news\"}";

    private final HandSocket socket = new HandSocket();
    private final HandExecutor pacer = new HandExecutor();
    private final AtomicInteger overflows = new AtomicInteger();
    private final SessionOutbox outbox =
            new SessionOutbox(socket, pacer, 100, overflows::incrementAndGet, HostObserver.NONE);

    @BeforeEach
    void start() {
        outbox.start("outbox", Map.of());
    }

    @AfterEach
    void end() {
        outbox.abort(CloseCodes.NORMAL, "");
    }

    @Nested
    @DisplayName("[§14] keeps the rhythm:")
    class Rhythm {

        @Test
        @DisplayName("the first event goes out at once")
        void first() {
            data("1");
            awaitSent("{\"type\":\"data\",\"data\":[1]}");
        }

        @Test
        @DisplayName("what follows within a sixtieth of a second goes out together, in order")
        void gathers() {
            data("1");
            awaitSent("{\"type\":\"data\",\"data\":[1]}");
            data("2");
            data("3");
            assertThat(socket.sent()).hasSize(1);

            pacer.runAll();
            awaitSent("{\"type\":\"data\",\"data\":[1]}", "{\"type\":\"data\",\"data\":[2,3]}");
        }

        @Test
        @DisplayName("after a sixtieth of a second in which nothing came the next event goes out at once")
        void idleAgain() {
            data("1");
            awaitSent("{\"type\":\"data\",\"data\":[1]}");
            pacer.runAll();
            data("2");
            awaitSent("{\"type\":\"data\",\"data\":[1]}", "{\"type\":\"data\",\"data\":[2]}");
        }

        @Test
        @DisplayName("another message goes out at once, after the data that came before it")
        void urgent() {
            data("1");
            awaitSent("{\"type\":\"data\",\"data\":[1]}");
            data("2");
            outbox.message(new ServerMessage.Custom(new JsonString("news")));
            awaitSent("{\"type\":\"data\",\"data\":[1]}", "{\"type\":\"data\",\"data\":[2]}", CUSTOM);
            assertThat(pacer.waiting()).as("pauses under way").isEqualTo(1);
        }

        @Test
        @DisplayName("a pong overtakes the data that waits, and leaves it waiting")
        void pong() {
            data("1");
            awaitSent("{\"type\":\"data\",\"data\":[1]}");
            data("2");
            outbox.message(new ServerMessage.Pong());
            awaitSent("{\"type\":\"data\",\"data\":[1]}", PONG);
            pacer.runAll();
            awaitSent("{\"type\":\"data\",\"data\":[1]}", PONG, "{\"type\":\"data\",\"data\":[2]}");
        }
    }

    @Nested
    @DisplayName("of a client that does not read")
    class Stuck {

        @BeforeEach
        void stick() {
            socket.stick();
            data("1");
            await().until(socket::isWaiting);
        }

        @Test
        @DisplayName("gathers up to its bound, then closes the socket once, so that the client comes back")
        void overflows() {
            for (int i = 0; i < 60; i++) {
                data("1234567890");
            }
            await().until(() -> !socket.closes().isEmpty());
            assertThat(socket.closes()).containsExactly("1013");
            assertThat(overflows).hasValue(1);
        }

        @Test
        @DisplayName("does not keep pongs without end")
        void pongs() {
            for (int i = 0; i < 1_000; i++) {
                outbox.message(new ServerMessage.Pong());
            }
            assertThat(overflows).hasValue(0);
            assertThat(socket.closes()).isEmpty();
        }

        @Test
        @DisplayName("can be closed although a write waits")
        void aborts() {
            outbox.abort(CloseCodes.SERVICE_RESTART, "");
            await().until(() -> !socket.closes().isEmpty());
            assertThat(socket.closes()).containsExactly("1012");
        }
    }

    @Nested
    @DisplayName("at its end")
    class End {

        @Test
        @DisplayName("closes the socket after all that came before, without waiting for the rhythm")
        void closes() {
            data("1");
            awaitSent("{\"type\":\"data\",\"data\":[1]}");
            data("2");
            outbox.close(4099, "INVALID_RECORD");
            await().until(() -> !socket.closes().isEmpty());
            assertThat(socket.sent())
                    .containsExactly("{\"type\":\"data\",\"data\":[1]}", "{\"type\":\"data\",\"data\":[2]}");
            assertThat(socket.closes()).containsExactly("4099INVALID_RECORD");
        }

        @Test
        @DisplayName("sends nothing that comes after the close, and closes once")
        void nothingAfter() {
            outbox.close(CloseCodes.NORMAL, "");
            data("1");
            outbox.message(new ServerMessage.Pong());
            outbox.close(CloseCodes.SERVICE_RESTART, "");
            await().until(() -> !socket.closes().isEmpty());
            outbox.abort(CloseCodes.TRY_AGAIN_LATER, "");
            assertThat(socket.sent()).doesNotContain("{\"type\":\"data\",\"data\":[1]}");
            assertThat(socket.closes()).containsExactly("1000");
        }

        @Test
        @DisplayName("drops what waits when it is aborted")
        void aborts() {
            data("1");
            awaitSent("{\"type\":\"data\",\"data\":[1]}");
            data("2");
            outbox.abort(CloseCodes.TRY_AGAIN_LATER, "");
            await().until(() -> !socket.closes().isEmpty());
            pacer.runAll();
            assertThat(socket.sent()).hasSize(1);
            assertThat(socket.closes()).containsExactly("1013");
        }

        @Test
        @DisplayName("closes a socket that cannot be written to")
        void brokenSocket() {
            socket.breakDown();
            data("1");
            await().until(() -> !socket.closes().isEmpty());
            assertThat(socket.closes()).containsExactly("1013");
            assertThat(overflows).hasValue(0);
        }
    }

    private void data(String event) {
        outbox.data(event.getBytes(StandardCharsets.UTF_8));
    }

    private void awaitSent(String... messages) {
        await().untilAsserted(() -> assertThat(socket.sent()).containsExactly(messages));
    }
}
