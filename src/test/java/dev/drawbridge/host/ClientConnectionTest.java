package dev.drawbridge.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.protocol.DataEvent;
import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.room.Visitor;
import dev.drawbridge.store.CommitResult;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(QuietHosts.class)
@DisplayName("A client's connection")
class ClientConnectionTest {
    private final HostFixture fixture = HostFixture.active();
    private final HandLoop loop = new HandLoop();
    private final Unfinished unfinished = new Unfinished(new ByteBudget(Long.MAX_VALUE));
    private final HandSocket socket = new HandSocket();
    private final ClientConnection connection =
            new ClientConnection(Visitor.unknown("a", false), fixture.host, socket, loop, unfinished, fixture.services);

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
        byte[] part = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 17; i++) {
            connection.received(ByteBuffer.wrap(part), false);
        }
        fixture.executor.runAll();
        awaitClosed("4099MESSAGE_TOO_LARGE");
        assertIsDeaf();
    }

    @Test
    @DisplayName(
            "has the socket not read on while too much of what it said is not handled yet; all of it is, in its order")
    void pushesBack() {
        String large = "{\"type\":\"ping\",\"padding\":\"" + "x".repeat(60_000) + "\"}";
        for (int i = 0; i < 6; i++) {
            receive(connection, large);
        }
        assertThat(socket.isPaused()).isTrue();

        await().until(() -> {
            fixture.executor.runAll();
            return !socket.isPaused();
        });
        awaitSent(7, "pong");
    }

    @Test
    @DisplayName("brings a message that takes long elsewhere, and what comes behind it after it")
    void takesLong() {
        receive(connection, longPush());
        receive(connection, HostFixture.pushFrame("page:next"));
        assertThat(socket.isPaused()).isTrue();

        await().until(() -> {
            fixture.executor.runAll();
            return !socket.isPaused();
        });
        fixture.executor.runAll();
        assertThat(stored()).containsExactly("page:long");
        fixture.executor.runAll();
        assertThat(stored()).containsExactly("page:next");
    }

    @Test
    @DisplayName("tells the room that its socket was closed after what it had said before, however long that takes")
    void closedMeanwhile() {
        receive(connection, longPush());
        connection.closed();
        await().until(() -> {
            fixture.executor.runAll();
            return connection.gone().toCompletableFuture().isDone();
        });
        fixture.executor.runAll();

        assertThat(stored()).containsExactly("page:long");
    }

    private static String longPush() {
        return HostFixture.pushFrame("page:long")
                .replace("\"meta\":{}", "\"meta\":{\"s\":\"" + "x".repeat(300_000) + "\"}");
    }

    /** What is to be stored next; it is. */
    private List<String> stored() {
        HandStore.Commit commit = fixture.store.commit();
        commit.is(new CommitResult.Committed());
        return commit.change().puts().stream().map(StoredRecord::id).toList();
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
        ClientConnection late = new ClientConnection(
                Visitor.unknown("b", false), fixture.host, other, loop, unfinished, fixture.services);
        fixture.seconds(60); // everybody is gone by now
        fixture.store.released();
        fixture.executor.runAll();
        assertThat(fixture.hasEnded()).isTrue();

        assertThat(late.enter()).isFalse();
        assertThat(other.closes()).isEmpty(); // its socket may go to another host
        receive(late, HostFixture.pushFrame("page:1"));
        loop.run();
        assertThat(other.closes()).containsExactly("1013");
    }

    @Test
    @DisplayName("is cut off when the client does not read, and the room goes on without it")
    void slowReader() {
        socket.stick();
        HandRecipient other = fixture.join("b");
        for (int i = 0; i < 30_000; i++) {
            connection.data(pushResult(i));
            loop.run();
        }
        awaitClosed("dropped");
        fixture.executor.runAll();
        fixture.push(other, "page:1");
        fixture.stored();
        assertThat(other.types()).endsWith("push_result");
    }

    @Test
    @DisplayName("[§21.11] is heard while a message is coming in, however long that takes, and is told so")
    void slowUpload() {
        String push = HostFixture.pushFrame("page:1");
        byte[] bytes = push.getBytes(StandardCharsets.UTF_8);
        connection.received(ByteBuffer.wrap(bytes, 0, 10), false);
        for (int second = 0; second < 60; second++) {
            connection.received(ByteBuffer.wrap(bytes, 10 + second, 1), false);
            fixture.tickAfter(Duration.ofSeconds(1));
            connection.tick(fixture.clock.millis());
            fixture.executor.runAll();
        }
        loop.run();
        assertThat(socket.closes()).isEmpty();
        assertThat(socket.sent().stream().filter(sent -> sent.contains("pong"))).hasSizeBetween(10, 20);

        connection.received(ByteBuffer.wrap(bytes, 70, bytes.length - 70), true);
        fixture.executor.runAll();
        fixture.stored();
        loop.run();
        assertThat(socket.sent().getLast()).contains("\"action\":\"commit\"");
    }

    @Test
    @DisplayName("[§15] is given up when a message has begun and nothing more of it comes")
    void silentUpload() {
        connection.received(ByteBuffer.wrap("{".getBytes(StandardCharsets.UTF_8)), false);
        for (int second = 0; second < 22; second++) {
            fixture.tickAfter(Duration.ofSeconds(1));
            connection.tick(fixture.clock.millis());
            fixture.executor.runAll();
        }
        awaitClosed("1000");
    }

    @Test
    @DisplayName(
            "is cut off when unfinished messages take too much and it holds most for longest; one that moves is not")
    void unfinished() {
        Unfinished bounded = new Unfinished(new ByteBudget(1 << 20));
        HandSocket stalled = new HandSocket();
        HandSocket other = new HandSocket();
        ClientConnection stalling = joined("b", stalled, bounded);
        ClientConnection moving = joined("c", other, bounded);
        stalling.received(ByteBuffer.wrap(new byte[400_000]), false);
        fixture.clock.advance(Duration.ofSeconds(5));
        moving.received(ByteBuffer.wrap(new byte[500_000]), false);
        moving.received(ByteBuffer.wrap(new byte[500_000]), false);
        loop.run();
        assertThat(stalled.closes()).containsExactly("1013");
        assertThat(other.closes()).isEmpty();
        stalling.closed();
        moving.closed();
    }

    @Test
    @DisplayName(
            "[issue 10.2] counts what is complete until it is let in: of many who wait the last ones are told to come again")
    void waitingCounts() {
        ByteBudget budget = new ByteBudget(1 << 20);
        Unfinished bounded = new Unfinished(budget);
        List<HandSocket> sockets = new ArrayList<>();
        fixture.host.inbound().tryEnter(Long.MAX_VALUE / 2); // the room has no room for anything
        for (int i = 0; i < 8; i++) {
            HandSocket other = new HandSocket();
            sockets.add(other);
            ClientConnection waits = new ClientConnection(
                    Visitor.unknown("w" + i, false), fixture.host, other, loop, bounded, fixture.services);
            receive(waits, "{\"type\":\"ping\",\"padding\":\"" + "x".repeat(60_000) + "\"}");
            receive(waits, "{\"type\":\"ping\",\"padding\":\"" + "x".repeat(300_000) + "\"}");
        }

        await().untilAsserted(() -> {
            loop.run();
            assertThat(budget.isExceeded()).isFalse();
            assertThat(sockets).filteredOn(each -> !each.closes().isEmpty()).hasSizeBetween(4, 6);
        });
        assertThat(budget.held()).isPositive();
    }

    private ClientConnection joined(String sessionId, HandSocket to, Unfinished bounded) {
        ClientConnection joined = new ClientConnection(
                Visitor.unknown(sessionId, false), fixture.host, to, loop, bounded, fixture.services);
        joined.enter();
        receive(joined, HostFixture.connectFrame());
        fixture.executor.runAll();
        return joined;
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

    private static SharedEvent pushResult(int clientClock) {
        return new SharedEvent(
                DataEvent.PushResult.of(JsonNumber.of(clientClock), 1, new DataEvent.Action.Commit()),
                new ByteBudget(Long.MAX_VALUE));
    }

    private void frame(String text) {
        receive(connection, text);
        fixture.executor.runAll();
    }

    static void receive(ClientConnection to, String text) {
        to.received(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), true);
    }

    private void assertIsDeaf() {
        receive(connection, HostFixture.pushFrame("page:1"));
        assertThat(fixture.executor.waiting()).isZero();
        assertThat(fixture.store.commitsAsked()).isZero();
    }

    private void awaitSent(int count, String lastContains) {
        fixture.executor.runAll();
        loop.run();
        loop.pause();
        assertThat(socket.sent()).hasSize(count);
        assertThat(socket.sent().getLast()).contains(lastContains);
    }

    private void awaitClosed(String how) {
        loop.run();
        assertThat(socket.closes()).containsExactly(how);
    }
}
