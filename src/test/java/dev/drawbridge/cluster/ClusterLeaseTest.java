package dev.drawbridge.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.cluster.edge.EdgeServices;
import dev.drawbridge.cluster.link.Link;
import dev.drawbridge.cluster.link.Links;
import dev.drawbridge.cluster.link.NotReachedException;
import dev.drawbridge.host.Attendance;
import dev.drawbridge.host.HandClock;
import dev.drawbridge.host.HandExecutor;
import dev.drawbridge.host.HandLoop;
import dev.drawbridge.host.HandSocket;
import dev.drawbridge.host.HostObserver;
import dev.drawbridge.host.HostSettings;
import dev.drawbridge.host.Lease;
import dev.drawbridge.host.NodeMemory;
import dev.drawbridge.host.RoomObserver;
import dev.drawbridge.host.RoomRegistry;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.protocol.Protocol;
import dev.drawbridge.room.RoomLoader;
import dev.drawbridge.room.RoomSettings;
import dev.drawbridge.room.Visitor;
import dev.drawbridge.schema.StoreSchema;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import dev.drawbridge.store.InMemoryMembership;
import dev.drawbridge.store.InMemoryRoomStore;
import dev.drawbridge.store.StoredRooms;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(QuietNodes.class)
@DisplayName("A node of a cluster that has rooms open in which nothing but presence happens")
class ClusterLeaseTest {
    private static final StoreSchema SCHEMA = TldrawSchema.create();
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration TIME_TO_LIVE = Duration.ofSeconds(8);

    private final HandExecutor executor = new HandExecutor();
    private final HandLoop loop = new HandLoop(executor);
    private final HandClock clock = new HandClock();
    private final InMemoryMembership members = new InMemoryMembership(() -> clock.millis() * 1_000_000);
    private final InMemoryRoomStore shared = new InMemoryRoomStore();
    private final InMemoryRoomStore store = shared.of("me", members);
    private final NodeMemory memory = NodeMemory.ofHeap(64 << 20);
    private final AtomicInteger presences = new AtomicInteger();
    private final Counted observer = new Counted();
    private final Follows lease = new Follows();

    private final RoomRegistry registry = new RoomRegistry(
            store,
            new RoomLoader(
                    SCHEMA,
                    TldrawSchema.initialRecords(),
                    RoomSettings.DEFAULT,
                    () -> "p" + presences.incrementAndGet(),
                    clock,
                    new Random(1)),
            () -> loop,
            executor,
            clock,
            new HostSettings(RoomSettings.DEFAULT, Duration.ofSeconds(30), Duration.ofSeconds(10), 1_200),
            lease,
            memory,
            HostObserver.NONE,
            RoomObserver.NONE);

    private final Cluster cluster = new Cluster(
            new Cluster.Settings("me", INTERVAL, TIME_TO_LIVE),
            new Cluster.Parts(
                    registry,
                    store,
                    members,
                    new Nobody(),
                    new EdgeServices(() -> loop, 1 << 20, memory.outgoing(), clock, HostObserver.NONE),
                    SCHEMA.serialize()::json,
                    (relayed, linked) -> Cards.card("me", 0),
                    () -> 0,
                    new Random(1),
                    new HandDeadlines(),
                    observer));

    private final HandSocket socket = new HandSocket();

    /** The cluster's, once there is one. */
    private static final class Follows implements Lease {
        private Lease actual = Lease.FOR_EVER;

        @Override
        public boolean isHeld(long now) {
            return actual.isHeld(now);
        }

        @Override
        public void doubted() {
            actual.doubted();
        }
    }

    private static final class Counted implements ClusterObserver {
        private int lost;
        private int fenced;

        @Override
        public void heartbeatLost() {
            lost++;
        }

        @Override
        public void fenced() {
            fenced++;
        }
    }

    /** There is no other node. */
    private static final class Nobody implements Links {
        @Override
        public CompletionStage<Link> dial(Address address, Function<Link, Link.Listener> listener) {
            return CompletableFuture.failedStage(new NotReachedException(address.nodeId(), false, null));
        }

        @Override
        public void close() {}
    }

    private static final class HandDeadlines implements Deadlines {
        @Override
        public <T> CompletableFuture<T> within(long millis, CompletionStage<T> stage) {
            return stage.toCompletableFuture().copy();
        }
    }

    @BeforeEach
    void begin() throws InterruptedException, TimeoutException {
        lease.actual = cluster.lease();
        cluster.begin(Duration.ofSeconds(10));
        assertThat(join("room", socket)).isPresent();
        assertThat(socket.sent()).hasSize(1).first().asString().contains("\"connect\"");
    }

    private Optional<? extends Attendance> join(String room, HandSocket to) {
        var joined = registry.join(room, Visitor.unknown("s" + presences.incrementAndGet(), false), to);
        executor.runAll();
        joined.ifPresent(connection -> {
            String connect = JsonObject.builder()
                    .put("type", "connect")
                    .put("connectRequestId", "request")
                    .put("protocolVersion", Protocol.VERSION)
                    .put("lastServerClock", -1)
                    .put("schema", SCHEMA.serialize().json())
                    .build()
                    .toString();
            connection.received(ByteBuffer.wrap(connect.getBytes(StandardCharsets.UTF_8)), true);
            executor.runAll();
        });
        return joined;
    }

    private void pass(Duration time) {
        clock.advance(time);
        cluster.tick();
        registry.tick();
        executor.runAll();
    }

    private void assertKept() {
        executor.runAll();
        assertThat(socket.closes()).isEmpty();
        assertThat(registry.hasOpened("room")).isTrue();
        assertThat(observer.lost).isZero();
    }

    private void assertLost() {
        executor.runAll();
        assertThat(socket.closes()).containsExactly("1013");
        assertThat(registry.size()).isZero();
        assertThat(observer.lost).isEqualTo(1);
    }

    @Test
    @DisplayName("keeps them for as long as it can renew its heartbeat")
    void renews() {
        for (int i = 0; i < 9; i++) { // longer, and the client would be taken for lost
            pass(INTERVAL);
        }
        assertKept();
    }

    @Test
    @DisplayName("keeps them when one of them was another's, and it turns out that it is still taken for alive")
    void doubtedAndConfirmed() {
        clock.advance(Duration.ofSeconds(1));
        cluster.lease().doubted();
        assertKept();
        assertThat(observer.fenced).isEqualTo(1);
        assertThat(cluster.heartbeatAge()).as("it has asked").isZero();
    }

    @Test
    @DisplayName(
            "lets go of all of them when one of them was another's, and it is no member any more; then it is one again")
    void doubtedForGoodReason() {
        members.end("me");
        cluster.lease().doubted();
        assertLost();
        assertThat(members.isAlive("me").toCompletableFuture()).isCompletedWithValue(true);
        HandSocket next = new HandSocket();
        assertThat(join("room", next)).isPresent();
        assertThat(next.sent()).hasSize(1);
        assertThat(next.closes()).isEmpty();
    }

    @Test
    @DisplayName("learns of it with the next heartbeat when nothing is stored, and lets nobody see what may be stale")
    void lapsedElsewhere() {
        members.end("me"); // somebody has taken it for gone
        StoredRooms.opened(shared.of("other", members).open("room"));
        pass(INTERVAL);
        assertLost();
    }

    @Test
    @DisplayName("lets go of them when the store may have been set back")
    void history() {
        members.changeHistory();
        pass(INTERVAL);
        assertLost();
        assertThat(cluster.heartbeat().isHeld(clock.millis())).isTrue();
    }

    @Test
    @DisplayName("lets go of them, before it does anything else with them, when it has slept for longer than it lives")
    void slept() {
        clock.advance(TIME_TO_LIVE.plusMillis(1));
        HandSocket late = new HandSocket();
        join("room", late); // before any tick
        assertThat(socket.closes()).containsExactly("1013");
        assertThat(late.sent()).isEmpty();
        cluster.tick();
        executor.runAll();
        assertLost();
    }
}
