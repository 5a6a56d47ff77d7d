package dev.drawbridge.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.host.HandClock;
import dev.drawbridge.host.HandExecutor;
import dev.drawbridge.host.HandLoop;
import dev.drawbridge.host.HostObserver;
import dev.drawbridge.host.HostSettings;
import dev.drawbridge.host.Lease;
import dev.drawbridge.host.NodeMemory;
import dev.drawbridge.host.RoomObserver;
import dev.drawbridge.host.RoomRegistry;
import dev.drawbridge.room.RoomLoader;
import dev.drawbridge.room.RoomSettings;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import dev.drawbridge.store.InMemoryMembership;
import dev.drawbridge.store.InMemoryRoomStore;
import dev.drawbridge.store.Membership;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Where a room is to be opened")
class WhereaboutsTest {
    private final HandExecutor executor = new HandExecutor();
    private final HandClock clock = new HandClock();
    private final InMemoryMembership members = new InMemoryMembership(() -> clock.millis() * 1_000_000);
    private final InMemoryRoomStore store = new InMemoryRoomStore().of("me", members);
    private final Nodes nodes = new Nodes();

    private final RoomRegistry registry = new RoomRegistry(
            store,
            new RoomLoader(
                    TldrawSchema.create(),
                    TldrawSchema.initialRecords(),
                    RoomSettings.DEFAULT,
                    () -> "p",
                    clock,
                    new Random(1)),
            () -> new HandLoop(executor),
            executor,
            clock,
            new HostSettings(RoomSettings.DEFAULT, Duration.ofSeconds(30), Duration.ofSeconds(10), 1_200),
            Lease.FOR_EVER,
            NodeMemory.ofHeap(64 << 20),
            HostObserver.NONE,
            RoomObserver.NONE);

    private String toOpen(double load, String... linked) {
        nodes.update(
                new Membership.Roll(true, Map.of("idle", Cards.card("idle", 0).encode()), "history"));
        return new Whereabouts("me", registry, store, nodes, members, new Placement(new Random(1)), () -> load)
                .toOpen("room", List.of(linked))
                .toCompletableFuture()
                .join();
    }

    @Test
    @DisplayName("is another node when this one is clearly busier, and has a link to it")
    void busy() {
        assertThat(toOpen(0.9, "idle")).isEqualTo("idle");
    }

    @Test
    @DisplayName("is here as long as this node is not clearly busier")
    void idle() {
        assertThat(toOpen(0.2, "idle")).isEqualTo("me");
    }

    @Test
    @DisplayName(
            "is here when there is no link to the node that is less busy: who comes would wait for it, perhaps for ever")
    void unlinked() {
        assertThat(toOpen(0.9)).isEqualTo("me");
    }
}
