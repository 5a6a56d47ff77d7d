package dev.drawbridge.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.host.RoomDetails.State;
import dev.drawbridge.room.Rights;
import dev.drawbridge.room.RoomLoader;
import dev.drawbridge.room.Visitor;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import dev.drawbridge.store.InMemoryRoomStore;
import dev.drawbridge.store.Ownership;
import dev.drawbridge.store.StoredRooms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(QuietHosts.class)
@DisplayName("An operator at one node, of rooms at others,")
class RoomsOfNeighboursTest {
    private final HandExecutor executor = new HandExecutor();
    private final HandLoop loop = new HandLoop(executor);
    private final InMemoryRoomStore shared = new InMemoryRoomStore();
    private final Others others = new Others();
    private final Doubted lease = new Doubted();
    private final InMemoryRoomStore store =
            shared.of("here", nodeId -> CompletableFuture.completedStage(others.alive.contains(nodeId)));

    private final RoomLoader loader = new RoomLoader(
            HostFixture.SCHEMA,
            TldrawSchema.initialRecords(),
            HostFixture.SETTINGS.room(),
            () -> "p",
            () -> Instant.ofEpochMilli(1),
            new Random(1));

    private final RoomRegistry registry = new RoomRegistry(
            store,
            loader,
            () -> loop,
            executor,
            new HandClock(),
            HostFixture.SETTINGS,
            lease,
            NodeMemory.ofHeap(64 << 20),
            HostObserver.NONE,
            RoomObserver.NONE);

    private final RoomCommands commands =
            new RoomCommands(registry, store, loader, new NodeIdentity("here", Instant.EPOCH), others);

    /** Counts how often this node was told that it may have been taken for gone. */
    private static final class Doubted implements Lease {
        private int doubts;

        @Override
        public boolean isHeld(long now) {
            return true;
        }

        @Override
        public void doubted() {
            doubts++;
        }
    }

    /** The other nodes; one that hangs has no answer. */
    private static final class Others implements Neighbours {
        private final Map<String, Map<String, Integer>> open = new TreeMap<>();
        private final Set<String> alive = new TreeSet<>();
        private final Set<String> hung = new TreeSet<>();
        private final Set<String> draining = new TreeSet<>();
        private final List<String> asked = new ArrayList<>();
        private final List<String> moves = new ArrayList<>();
        private Runnable whenAsked = () -> {};

        void node(String nodeId) {
            alive.add(nodeId);
            open.put(nodeId, new TreeMap<>());
        }

        @Override
        public boolean isCluster() {
            return true;
        }

        @Override
        public List<Neighbour> all() {
            return alive.stream()
                    .map(each -> new Neighbour(each, draining.contains(each)))
                    .toList();
        }

        @Override
        public CompletionStage<Set<String>> alive(Set<String> nodeIds) {
            return CompletableFuture.completedStage(
                    nodeIds.stream().filter(alive::contains).collect(Collectors.toSet()));
        }

        @Override
        public CompletionStage<Optional<List<String>>> openRooms(String nodeId, RoomQuery query) {
            return CompletableFuture.completedStage(
                    Optional.of(nodeId).filter(each -> !hung.contains(each)).map(each -> rooms(each).keySet().stream()
                            .filter(id -> id.contains(query.text()))
                            .filter(id -> query.after().isEmpty()
                                    || id.compareTo(query.after().get()) > 0)
                            .limit(query.limit() + 1L)
                            .toList()));
        }

        @Override
        public CompletionStage<Optional<Map<String, Integer>>> sessions(String nodeId, List<String> roomIds) {
            asked.add(nodeId + roomIds);
            whenAsked.run();
            return CompletableFuture.completedStage(
                    Optional.of(nodeId).filter(each -> !hung.contains(each)).map(each -> roomIds.stream()
                            .filter(id -> rooms(each).containsKey(id))
                            .collect(
                                    Collectors.toMap(id -> id, id -> rooms(each).getOrDefault(id, 0)))));
        }

        private Map<String, Integer> rooms(String nodeId) {
            return open.getOrDefault(nodeId, Map.of());
        }

        @Override
        public Optional<String> successor() {
            return alive.stream().filter(each -> !draining.contains(each)).findFirst();
        }

        @Override
        public CompletionStage<Boolean> move(String roomId, String nodeId) {
            moves.add(roomId + " to " + nodeId);
            return CompletableFuture.completedStage(!hung.contains(nodeId));
        }
    }

    /** Has a node open a room, and say that so many are in it. */
    private Ownership open(String roomId, String nodeId, int sessions) {
        Ownership ownership = StoredRooms.opened(shared.of(nodeId, other -> CompletableFuture.completedStage(false))
                        .open(roomId))
                .ownership();
        StoredRooms.get(shared.commit(roomId, ownership, StoredRooms.change(1, StoredRooms.record("page:a", 1))));
        others.open.computeIfAbsent(nodeId, ignored -> new TreeMap<>()).put(roomId, sessions);
        return ownership;
    }

    private void stored(String roomId) {
        Ownership ownership = open(roomId, "gone", 0);
        StoredRooms.get(shared.release(roomId, ownership));
    }

    private RoomListing list(Optional<State> state, Optional<String> after, int limit) {
        return get(commands.list(new RoomQuery("", state, after, limit)));
    }

    @Test
    @DisplayName("is told where they are and how many are in them")
    void described() {
        others.node("b");
        open("room", "b", 7);

        RoomDetails room = get(commands.describe("room"));

        assertThat(room.state()).isEqualTo(State.ACTIVE);
        assertThat(room.node()).contains("b");
        assertThat(room.sessions()).hasValue(7);
    }

    @Test
    @DisplayName("is not told that one is open whose owner has gone")
    void leftOver() {
        open("room", "b", 7);

        RoomDetails room = get(commands.describe("room"));

        assertThat(room.state()).isEqualTo(State.STORED);
        assertThat(room.node()).isEmpty();
        assertThat(room.sessions()).hasValue(0);
        assertThat(others.asked).isEmpty();
    }

    @Test
    @DisplayName("finds one that moves while it is looked for")
    void movesMeanwhile() {
        others.node("b");
        others.node("c");
        Ownership ownership = open("room", "b", 1);
        others.whenAsked = () -> {
            others.whenAsked = () -> {};
            Objects.requireNonNull(others.open.get("b")).remove("room");
            StoredRooms.get(shared.release("room", ownership, Optional.of("c")));
            Objects.requireNonNull(others.open.get("c")).put("room", 2);
        };

        RoomDetails room = get(commands.describe("room"));

        assertThat(room.node()).contains("c");
        assertThat(room.sessions()).hasValue(2);
        assertThat(others.asked).containsExactly("b[room]", "c[room]");
    }

    @Test
    @DisplayName("gets lists that ask each node once, for what is on the page")
    void pages() {
        others.node("b");
        others.node("c");
        open("r1", "b", 1);
        open("r2", "c", 2);
        stored("r3");
        open("r4", "b", 4);
        open("r5", "b", 5);

        RoomListing page = list(Optional.empty(), Optional.empty(), 4);

        assertThat(page.rooms()).extracting(RoomDetails::id).containsExactly("r1", "r2", "r3", "r4");
        assertThat(page.rooms())
                .extracting(RoomDetails::sessions)
                .containsExactly(OptionalInt.of(1), OptionalInt.of(2), OptionalInt.of(0), OptionalInt.of(4));
        assertThat(others.asked).containsExactlyInAnyOrder("b[r1, r4]", "c[r2]");
        assertThat(page.unanswered()).isEmpty();
    }

    @Test
    @DisplayName("lists the open ones of all nodes in order, page by page")
    void active() {
        others.node("b");
        others.node("c");
        for (int i = 0; i < 10; i++) {
            open("r" + i, i % 3 == 0 ? "b" : "c", i);
        }
        stored("r3-stored");

        List<String> seen = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            RoomListing page = list(Optional.of(State.ACTIVE), after, 3);
            page.rooms().forEach(room -> seen.add(room.id()));
            after = page.next();
        } while (after.isPresent());

        assertThat(seen).containsExactly("r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9");
        assertThat(list(Optional.of(State.STORED), Optional.empty(), 100).rooms())
                .extracting(RoomDetails::id)
                .containsExactly("r3-stored");
    }

    @Test
    @DisplayName("is told which node does not answer, and what is known without it")
    void hung() {
        others.node("b");
        others.node("c");
        open("r1", "b", 1);
        open("r2", "c", 2);
        others.hung.add("b");

        RoomListing all = list(Optional.empty(), Optional.empty(), 10);
        assertThat(all.rooms()).extracting(RoomDetails::node).containsExactly(Optional.of("b"), Optional.of("c"));
        assertThat(all.rooms())
                .extracting(RoomDetails::sessions)
                .containsExactly(OptionalInt.empty(), OptionalInt.of(2));
        assertThat(all.unanswered()).containsExactly("b");

        RoomListing active = list(Optional.of(State.ACTIVE), Optional.empty(), 10);
        assertThat(active.rooms()).extracting(RoomDetails::id).containsExactly("r2");
        assertThat(active.unanswered()).containsExactly("b");
    }

    @Test
    @DisplayName("is told who has a room that was to be changed or opened here, and that nothing was done")
    void elsewhere() {
        others.node("b");
        open("room", "b", 1);

        Throwable refused =
                failure(commands.update("room", new RoomPatch(List.of(), List.of("page:a"), OptionalLong.empty())));

        assertThat(refused)
                .isInstanceOfSatisfying(RoomCommandException.OwnedElsewhere.class, moved -> assertThat(moved.nodeId())
                        .isEqualTo("b"));
        assertThat(failure(commands.create("room", Optional.empty())))
                .isInstanceOf(RoomCommandException.RoomExists.class);
        assertThat(registry.size()).isZero();
    }

    @Test
    @DisplayName("has a room moved, or is told why not")
    void moves() {
        assertThat(failure(commands.move("room", Optional.empty())))
                .isInstanceOf(RoomCommandException.NoSuchRoom.class);
        get(commands.create("room", Optional.empty()));
        assertThat(failure(commands.move("room", Optional.empty())))
                .isInstanceOf(RoomCommandException.CannotMove.class);
        HandSocket socket = new HandSocket();
        assertThat(registry.join("room", new Visitor("s", Rights.EDITOR, null, null, 0), socket))
                .isPresent();
        executor.runAll();

        assertThat(failure(commands.move("room", Optional.empty())))
                .as("nobody else is there")
                .isInstanceOf(RoomCommandException.CannotMove.class);
        others.node("b");
        others.node("c");
        others.draining.add("b");
        others.hung.add("d");
        others.alive.add("d");
        assertThat(failure(commands.move("room", Optional.of("nobody"))))
                .isInstanceOf(RoomCommandException.NoSuchNode.class);
        assertThat(failure(commands.move("room", Optional.of("b"))))
                .isInstanceOf(RoomCommandException.CannotMove.class);
        assertThat(failure(commands.move("room", Optional.of("d"))))
                .isInstanceOf(RoomCommandException.Unavailable.class);
        assertThat(get(commands.move("room", Optional.of("here"))).node()).contains("here");
        get(commands.move("room", Optional.empty()));
        assertThat(others.moves).containsExactly("room to d", "room to c");
    }

    @Test
    @DisplayName("is told that there is no cluster when there is none")
    void alone() {
        RoomCommands alone =
                new RoomCommands(registry, store, loader, new NodeIdentity("here", Instant.EPOCH), Neighbours.NONE);
        get(alone.create("room", Optional.empty()));

        assertThat(failure(alone.move("room", Optional.empty()))).isInstanceOf(RoomCommandException.NoCluster.class);
    }

    @Test
    @DisplayName(
            "is refused a change of a room that was taken from this node, which then doubts that it is taken for alive")
    void taken() {
        get(commands.create("room", Optional.empty()));
        assertThat(registry.join("room", new Visitor("s", Rights.EDITOR, null, null, 0), new HandSocket()))
                .isPresent();
        executor.runAll();
        open("room", "b", 0);
        assertThat(lease.doubts).isZero();

        assertThat(failure(
                        commands.update("room", new RoomPatch(List.of(), List.of("page:page"), OptionalLong.empty()))))
                .isInstanceOf(RoomCommandException.Unavailable.class);

        assertThat(lease.doubts).isEqualTo(1);
    }

    private <T> T get(CompletionStage<T> stage) {
        executor.runAll();
        return StoredRooms.get(stage);
    }

    private Throwable failure(CompletionStage<?> stage) {
        executor.runAll();
        return StoredRooms.failureOf(stage);
    }
}
