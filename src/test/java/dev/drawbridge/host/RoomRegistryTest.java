package dev.drawbridge.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.room.RoomLoader;
import dev.drawbridge.room.Visitor;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(QuietHosts.class)
@DisplayName("The registry of rooms")
class RoomRegistryTest {
    private final HandExecutor executor = new HandExecutor();
    private final HandLoop loop = new HandLoop(executor);
    private final HandClock clock = new HandClock();
    private final HandStore store = new HandStore();
    private final HandRoomObserver rooms = new HandRoomObserver();
    private final RoomLoader loader = new RoomLoader(
            HostFixture.SCHEMA,
            TldrawSchema.initialRecords(),
            HostFixture.SETTINGS.room(),
            () -> "p",
            clock,
            new Random(1));
    private final RoomRegistry registry = new RoomRegistry(
            store,
            loader,
            () -> loop,
            executor,
            clock,
            HostFixture.SETTINGS,
            Lease.FOR_EVER,
            NodeMemory.ofHeap(64 << 20),
            HostObserver.NONE,
            rooms);

    private final Map<HandSocket, ClientConnection> connections = new HashMap<>();

    @Test
    @DisplayName("opens a room for the first who joins it, and brings others into the same")
    void opens() {
        join("room", "a");
        join("room", "b");
        assertThat(registry.size()).isEqualTo(1);
        assertThat(store.opensAsked()).isEqualTo(1);
    }

    @Test
    @DisplayName("opens each room by itself")
    void otherRoom() {
        join("room", "a");
        join("other room", "a");
        assertThat(registry.size()).isEqualTo(2);
        assertThat(store.opensAsked()).isEqualTo(2);
    }

    @Test
    @DisplayName("closes those who wait when the room cannot be loaded, and tries again for the next who joins")
    void loadFails() {
        HandSocket first = join("room", "a");
        store.cannotOpen();
        executor.runAll();
        await().untilAsserted(() -> assertThat(first.closes()).containsExactly("1013"));
        assertThat(registry.size()).isZero();

        HandSocket second = join("room", "a");
        assertThat(store.opensAsked()).isEqualTo(1);
        assertThat(second.closes()).isEmpty();
    }

    @Test
    @DisplayName("forgets a room that nobody has needed for a while")
    void unloads() {
        registry.join("room", Visitor.unknown("a", false), new HandSocket())
                .orElseThrow()
                .closed();
        executor.runAll();
        store.opens(HostFixture.STORED);
        executor.runAll();
        tickAfter(Duration.ofSeconds(6));
        tickAfter(Duration.ofSeconds(30));
        store.released();
        executor.runAll();
        assertThat(registry.size()).isZero();
    }

    @Test
    @DisplayName("ends its shutdown when all rooms are stored and given back, and all sockets closed")
    void shutsDown() {
        HandSocket socket = join("room", "a");
        join("other room", "b");
        store.opens(HostFixture.STORED);
        store.opens(HostFixture.STORED);
        executor.runAll();

        CompletionStage<Void> end = registry.shutDown();
        executor.runAll();
        store.released();
        executor.runAll();
        assertThat(end.toCompletableFuture()).isNotDone();
        store.released();
        executor.runAll();
        await().untilAsserted(() -> assertThat(socket.closes()).containsExactly("1012"));
        assertThat(end.toCompletableFuture()).isNotDone();
        connections.values().forEach(ClientConnection::closed);
        assertThat(end.toCompletableFuture()).isCompleted();
        assertThat(registry.size()).isZero();
    }

    @Test
    @DisplayName("sends those away who come after its shutdown has begun")
    void closedForGood() {
        registry.shutDown();
        assertThat(join("room", "a").closes()).containsExactly("1012");
        assertThat(registry.size()).isZero();
    }

    @Test
    @DisplayName("goes on with its rooms when one who observes them throws")
    void brokenObserver() {
        rooms.meanwhile = () -> {
            throw new IllegalStateException("broken");
        };
        HandSocket socket = join("room", "a");
        store.opens(HostFixture.STORED);
        executor.runAll();
        assertThat(registry.hasOpened("room")).isTrue();
        assertThat(socket.closes()).isEmpty();
        assertThat(rooms.told()).isEmpty();

        rooms.meanwhile = () -> {};
        var _ = registry.shutDown();
        executor.runAll();
        store.released();
        executor.runAll();
        assertThat(registry.isOpen("room")).isFalse();
        assertThat(rooms.told()).containsExactly("closed");
    }

    private HandSocket join(String roomId, String sessionId) {
        HandSocket socket = new HandSocket();
        registry.join(roomId, Visitor.unknown(sessionId, false), socket)
                .ifPresent(connection -> connections.put(socket, connection));
        executor.runAll();
        return socket;
    }

    private void tickAfter(Duration time) {
        clock.advance(time);
        registry.tick();
        executor.runAll();
    }
}
