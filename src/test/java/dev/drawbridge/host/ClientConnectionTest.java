package dev.drawbridge.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.room.Visitor;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(QuietHosts.class)
@DisplayName("A client's connection")
class ClientConnectionTest {
    private final HostFixture fixture = HostFixture.active();
    private final HandExecutor pacer = new HandExecutor();
    private final HandSocket socket = new HandSocket();
    private final ClientConnection connection =
            new ClientConnection(Visitor.unknown("a", false), fixture.host, socket, pacer, fixture.services);

    @BeforeEach
    void enter() {
        assertThat(connection.enter()).isTrue();
        frame(HostFixture.connectFrame());
        awaitSent(1, "\"type\":\"connect\"");
    }

    @AfterEach
    void end() {
        connection.closed();
    }

    @Test
    @DisplayName("brings messages to the room and answers to the socket")
    void answers() {
        frame(HostFixture.pushFrame("page:1"));
        fixture.stored();
        awaitSent(2, "\"action\":\"commit\"");
    }

    @Test
    @DisplayName("[§2] joins the chunks of a message")
    void chunks() {
        String push = HostFixture.pushFrame("page:1");
        frame("1_" + push.substring(0, 20));
        assertThat(fixture.store.commitsAsked()).isZero();
        frame("0_" + push.substring(20));
        fixture.stored();
        awaitSent(2, "\"action\":\"commit\"");
    }

    @Test
    @DisplayName("[§2] is closed so that the client comes back when its framing is broken, and hears nothing more")
    void broken() {
        frame("0x");
        awaitClosed("1000");
        assertIsDeaf();
    }

    @Test
    @DisplayName("[§7] is refused for good when it talks nonsense, and hears nothing more")
    void refused() {
        frame("{nonsense");
        awaitClosed("4099UNKNOWN_ERROR");
        assertIsDeaf();
    }

    @Test
    @DisplayName("[§21.6] is refused for good when a message is too long, and hears nothing more")
    void tooLong() {
        connection.tooLong();
        fixture.executor.runAll();
        awaitClosed("4099UNKNOWN_ERROR");
        assertIsDeaf();
        connection.tooLong();
        assertThat(fixture.executor.waiting()).isZero();
    }

    @Test
    @DisplayName("makes the socket wait while too much of what it said is not handled yet")
    void pushesBack() {
        String large = "{\"type\":\"ping\",\"padding\":\"" + "x".repeat(600_000) + "\"}";
        Thread reader = Thread.ofPlatform().start(() -> {
            connection.frame(large);
            connection.frame(large);
        });
        await().until(() -> reader.getState() == Thread.State.TIMED_WAITING);
        assertThat(fixture.executor.waiting()).isEqualTo(1);

        await().until(() -> {
            fixture.executor.runAll();
            return !reader.isAlive();
        });
        fixture.executor.runAll();
        awaitSent(3, "pong");
    }

    @Test
    @DisplayName("is closed so that the client comes back when the room is given up before its words are heard")
    void dropped() {
        fixture.host.submit((room, now) -> {
            throw new IllegalStateException("a bug");
        });
        frame(HostFixture.pushFrame("page:1"));
        awaitClosed("1013");
    }

    @Test
    @DisplayName("is closed when it still talks to a room that has ended")
    void ended() {
        HandSocket other = new HandSocket();
        ClientConnection late =
                new ClientConnection(Visitor.unknown("b", false), fixture.host, other, pacer, fixture.services);
        fixture.seconds(60); // everybody is gone by now
        fixture.store.released();
        fixture.executor.runAll();
        assertThat(fixture.hasEnded()).isTrue();

        assertThat(late.enter()).isFalse();
        assertThat(other.closes()).isEmpty(); // its socket may go to another host
        late.frame(HostFixture.pushFrame("page:1"));
        await().until(() -> !other.closes().isEmpty());
        assertThat(other.closes()).containsExactly("1013");
    }

    @Test
    @DisplayName("is cut off when the client does not read, and the room goes on without it")
    void slowReader() {
        socket.stick();
        HandRecipient other = fixture.join("b");
        for (int i = 0; i < 12 && socket.closes().isEmpty(); i++) {
            byte[] event = new byte[200_000];
            connection.data(event);
        }
        awaitClosed("1013");
        fixture.executor.runAll();
        fixture.push(other, "page:1");
        fixture.stored();
        assertThat(other.types()).endsWith("push_result");
    }

    @Test
    @DisplayName("tells the room that the socket is closed")
    void closed() {
        connection.closed();
        fixture.executor.runAll();
        fixture.tickAfter(Duration.ofSeconds(6));
        fixture.seconds(30);
        assertThat(fixture.store.releasesAsked()).isEqualTo(1);
    }

    private void frame(String text) {
        connection.frame(text);
        fixture.executor.runAll();
    }

    private void assertIsDeaf() {
        connection.frame(HostFixture.pushFrame("page:1"));
        assertThat(fixture.executor.waiting()).isZero();
        assertThat(fixture.store.commitsAsked()).isZero();
    }

    private void awaitSent(int count, String lastContains) {
        await().untilAsserted(() -> assertThat(socket.sent()).hasSize(count));
        assertThat(socket.sent().getLast()).contains(lastContains);
    }

    private void awaitClosed(String how) {
        await().untilAsserted(() -> assertThat(socket.closes()).containsExactly(how));
    }
}
