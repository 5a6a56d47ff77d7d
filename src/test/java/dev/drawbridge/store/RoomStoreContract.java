package dev.drawbridge.store;

import static dev.drawbridge.store.StoredRooms.change;
import static dev.drawbridge.store.StoredRooms.documents;
import static dev.drawbridge.store.StoredRooms.failureOf;
import static dev.drawbridge.store.StoredRooms.get;
import static dev.drawbridge.store.StoredRooms.opened;
import static dev.drawbridge.store.StoredRooms.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.JsonString;
import dev.drawbridge.room.DocumentChange;
import dev.drawbridge.room.DocumentSize;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.schema.SerializedSchema;
import dev.drawbridge.store.CommitResult.Committed;
import dev.drawbridge.store.CommitResult.Conflict;
import dev.drawbridge.store.CommitResult.Fenced;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link RoomStore} promises. The numbers are those of its INVARIANTS. */
public abstract class RoomStoreContract {
    private static final String ROOM = "room-1";

    protected RoomStore store;

    /** A store on this test's own rooms: none at first, those it has left when it is called again. */
    protected abstract RoomStore openStore();

    /** What another node has on the same rooms; aborts the test where there is but one node. */
    protected abstract RoomStore storeOf(String node, Liveness liveness);

    @BeforeEach
    void open() {
        store = openStore();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private CompletionStage<OpenedRoom> open(String room) {
        return store.open(room).thenApply(OpenedRoom.class::cast);
    }

    private Ownership own(String room) {
        return opened(store.open(room)).ownership();
    }

    private CommitResult commit(Ownership owner, DocumentChange change) {
        return get(store.commit(ROOM, owner, change));
    }

    private RoomSnapshot stored(String room) {
        return opened(store.open(room)).snapshot().orElseThrow(() -> new AssertionError("nothing is stored"));
    }

    /** Commits clock 1 with records a and b. */
    private Ownership ownRoomWithTwoRecords() {
        Ownership owner = own(ROOM);
        assertThat(commit(owner, change(1, record("a", 1), record("b", 1)))).isEqualTo(new Committed());
        return owner;
    }

    @Nested
    @DisplayName("A room")
    class Rooms {

        @Test
        @DisplayName("that nobody has committed to is new, however often it is opened")
        void isNew() {
            Ownership first = own(ROOM);
            OpenedRoom again = opened(store.open(ROOM));

            assertThat(again.snapshot()).isEmpty();
            assertThat(again.mayHaveLostCommits()).isFalse();
            assertThat(again.ownership().epoch()).isGreaterThan(first.epoch());
            assertThat(get(store.list("", Optional.empty(), 10)).roomIds()).isEmpty();
        }

        @Test
        @DisplayName("comes back as it was committed: documents, tombstones, clocks, schema")
        void comesBack() {
            Ownership owner = ownRoomWithTwoRecords();
            SerializedSchema other = new SerializedSchema(
                    SerializedSchema.EARLIEST.json().with("note", new JsonString("\"quoted\" — ünï \uD83D\uDE00")));
            StoredRecord changed = record("a", 2, "line\nbreak \u0000 \uD83D \"quoted\"");
            commit(
                    owner,
                    new DocumentChange(
                            1, 2, 1, other, List.of(changed), Map.of("b", 2L), Set.of(), DocumentSize.EMPTY));

            OpenedRoom opened = opened(store.open(ROOM));

            RoomSnapshot room = opened.snapshot().orElseThrow();
            assertThat(documents(room)).isEqualTo(documents(changed));
            assertThat(room.tombstones()).isEqualTo(Map.of("b", 2L));
            assertThat(room.documentClock()).isEqualTo(2);
            assertThat(room.tombstoneHistoryStartsAtClock()).isEqualTo(1);
            assertThat(room.schema()).isEqualTo(other);
            assertThat(opened.mayHaveLostCommits()).isFalse();
        }

        @Test
        @DisplayName("is still there when the store was closed and opened again")
        void survivesReopening() {
            ownRoomWithTwoRecords();
            store.close();
            store = openStore();

            OpenedRoom opened = opened(store.open(ROOM));

            assertThat(documents(opened.snapshot().orElseThrow())).isEqualTo(documents(record("a", 1), record("b", 1)));
            assertThat(opened.ownership().epoch()).isEqualTo(2);
            assertThat(opened.mayHaveLostCommits()).isFalse();
        }

        @Test
        @DisplayName("may start at any clock and reach the largest that JavaScript can count to")
        void anyClock() {
            long largest = (1L << 53) - 1;
            Ownership owner = own(ROOM);
            commit(
                    owner,
                    new DocumentChange(
                            0,
                            largest - 1,
                            largest - 2,
                            StoredRooms.SCHEMA,
                            List.of(record("a", largest - 1)),
                            Map.of(),
                            Set.of(),
                            DocumentSize.EMPTY));
            assertThat(commit(
                            owner,
                            new DocumentChange(
                                    largest - 1,
                                    largest,
                                    largest - 2,
                                    StoredRooms.SCHEMA,
                                    List.of(),
                                    Map.of("a", largest),
                                    Set.of(),
                                    DocumentSize.EMPTY)))
                    .isEqualTo(new Committed());

            RoomSnapshot room = stored(ROOM);

            assertThat(room.documentClock()).isEqualTo(largest);
            assertThat(room.tombstoneHistoryStartsAtClock()).isEqualTo(largest - 2);
            assertThat(room.tombstones()).isEqualTo(Map.of("a", largest));
        }

        @Test
        @DisplayName("does not see what happens to another")
        void areApart() {
            ownRoomWithTwoRecords();
            Ownership other = own("room-2");
            get(store.commit("room-2", other, change(1, record("a", 1, "other"))));
            get(store.delete("room-2"));

            assertThat(documents(stored(ROOM))).isEqualTo(documents(record("a", 1), record("b", 1)));
        }
    }

    @Nested
    @DisplayName("A commit")
    class Commits {

        @Test
        @DisplayName("(5) whose reply was lost is repeated without harm")
        void lostReply() {
            Ownership owner = own(ROOM);
            DocumentChange change = change(1, record("a", 1));
            commit(owner, change);

            assertThat(commit(owner, change)).isEqualTo(new Committed());
            assertThat(commit(owner, change(2, record("a", 2)))).isEqualTo(new Committed());
            assertThat(documents(stored(ROOM))).isEqualTo(documents(record("a", 2)));
        }

        @Test
        @DisplayName("(5) that only prunes does not move the clock, and may be repeated too")
        void prunes() {
            Ownership owner = ownRoomWithTwoRecords();
            commit(owner, change(2, List.of(), Map.of("a", 2L), Set.of()));
            commit(owner, change(3, List.of(), Map.of("b", 3L), Set.of()));
            DocumentChange prune = new DocumentChange(
                    3, 3, 3, StoredRooms.SCHEMA, List.of(), Map.of(), Set.of("a", "never there"), DocumentSize.EMPTY);

            assertThat(commit(owner, prune)).isEqualTo(new Committed());
            assertThat(commit(owner, prune)).isEqualTo(new Committed());

            RoomSnapshot room = stored(ROOM);
            assertThat(room.documentClock()).isEqualTo(3);
            assertThat(room.tombstoneHistoryStartsAtClock()).isEqualTo(3);
            assertThat(room.tombstones()).isEqualTo(Map.of("b", 3L));
        }

        @Test
        @DisplayName(
                "(4) that starts from another clock is a conflict and writes nothing; the right one still goes through")
        void conflict() {
            Ownership owner = ownRoomWithTwoRecords();

            assertThat(commit(owner, change(3, record("c", 3)))).isEqualTo(new Conflict(1));
            assertThat(documents(stored(ROOM))).hasSize(2);

            Ownership next = own(ROOM);
            assertThat(commit(next, change(5, record("c", 5)))).isEqualTo(new Conflict(1));
            assertThat(commit(next, change(2, record("c", 2)))).isEqualTo(new Committed());
            assertThat(documents(stored(ROOM))).hasSize(3);
        }

        @Test
        @DisplayName("(4) to a room that is not stored starts from clock 0")
        void firstCommit() {
            Ownership owner = own(ROOM);

            assertThat(commit(owner, change(8, record("a", 8)))).isEqualTo(new Conflict(0));
            assertThat(opened(store.open(ROOM)).snapshot()).isEmpty();
        }

        @Test
        @DisplayName("brings a deleted record back and takes its tombstone away")
        void recreates() {
            Ownership owner = ownRoomWithTwoRecords();
            commit(owner, change(2, List.of(), Map.of("a", 2L), Set.of()));
            commit(owner, change(3, List.of(record("a", 3)), Map.of(), Set.of("a")));

            RoomSnapshot room = stored(ROOM);

            assertThat(documents(room)).isEqualTo(documents(record("a", 3), record("b", 1)));
            assertThat(room.tombstones()).isEmpty();
        }

        @Test
        @DisplayName("of no records at all moves the clock alone")
        void empty() {
            Ownership owner = ownRoomWithTwoRecords();
            commit(owner, change(2));

            assertThat(stored(ROOM).documentClock()).isEqualTo(2);
            assertThat(documents(stored(ROOM))).hasSize(2);
        }
    }

    @Nested
    @DisplayName("Of two owners")
    class Owners {

        @Test
        @DisplayName("(3) the first is fenced by the second, also when its commit comes late")
        void secondFencesFirst() {
            Ownership first = ownRoomWithTwoRecords();
            Ownership second = own(ROOM);

            assertThat(commit(first, change(2, record("a", 2, "late")))).isEqualTo(new Fenced());
            assertThat(commit(second, change(2, record("a", 2, "mine")))).isEqualTo(new Committed());
            assertThat(commit(first, change(2, record("a", 2, "late")))).isEqualTo(new Fenced());
            assertThat(commit(first, change(3, record("a", 3, "late")))).isEqualTo(new Fenced());
            assertThat(documents(stored(ROOM))).isEqualTo(documents(record("a", 2, "mine"), record("b", 1)));
        }

        @Test
        @DisplayName("(3) the one without the token is fenced, even with the epoch")
        void tokenCounts() {
            Ownership owner = ownRoomWithTwoRecords();

            assertThat(commit(new Ownership(owner.epoch(), "another"), change(2)))
                    .isEqualTo(new Fenced());
            assertThat(commit(new Ownership(owner.epoch() + 1, owner.token()), change(2)))
                    .isEqualTo(new Fenced());
            assertThat(commit(new Ownership(owner.epoch(), ""), change(2))).isEqualTo(new Fenced());
        }

        @Test
        @DisplayName("(3) the one that has given the room back is fenced")
        void releaseFences() {
            Ownership owner = ownRoomWithTwoRecords();
            get(store.release(ROOM, owner));

            assertThat(commit(owner, change(2, record("a", 2)))).isEqualTo(new Fenced());
            assertThat(commit(new Ownership(owner.epoch(), ""), change(2))).isEqualTo(new Fenced());
            assertThat(documents(stored(ROOM))).isEqualTo(documents(record("a", 1), record("b", 1)));
        }

        @Test
        @DisplayName("the first gives back nothing that the second has")
        void lateRelease() {
            Ownership first = ownRoomWithTwoRecords();
            Ownership second = own(ROOM);
            get(store.release(ROOM, first));
            get(store.release(ROOM, first));

            assertThat(commit(second, change(2, record("a", 2)))).isEqualTo(new Committed());
        }

        @Test
        @DisplayName("a room that was never stored may be given back, and opened again")
        void releaseOfNothing() {
            Ownership owner = own(ROOM);
            get(store.release(ROOM, owner));
            get(store.release("never opened", owner));

            assertThat(commit(owner, change(1, record("a", 1)))).isEqualTo(new Fenced());
            assertThat(commit(own(ROOM), change(1, record("a", 1)))).isEqualTo(new Committed());
        }

        @Test
        @DisplayName("(3) each change is stored exactly when its owner is told so, when many open and commit at once")
        void race() {
            ownRoomWithTwoRecords();
            List<CompletableFuture<CommitResult>> commits = IntStream.range(0, 20)
                    .mapToObj(i -> open(ROOM)
                            .thenCompose(opened -> store.commit(
                                    ROOM,
                                    opened.ownership(),
                                    change(opened.snapshot().orElseThrow().documentClock() + 1, record("c" + i, 2))))
                            .exceptionally(superseded -> new Fenced())
                            .toCompletableFuture())
                    .toList();
            Set<String> expected = new HashSet<>(Set.of("a", "b"));
            for (int i = 0; i < commits.size(); i++) {
                if (get(commits.get(i)) instanceof Committed) {
                    expected.add("c" + i);
                }
            }

            assertThat(documents(stored(ROOM)).keySet()).isEqualTo(expected);
        }
    }

    @Nested
    @DisplayName("Of several nodes")
    class Nodes {
        private final Set<String> dead = new HashSet<>();
        private final List<String> asked = new ArrayList<>();
        private final Liveness liveness = node -> {
            asked.add(node);
            return CompletableFuture.completedStage(!dead.contains(node));
        };
        private final List<RoomStore> joined = new ArrayList<>();
        private RoomStore one;
        private RoomStore two;

        @BeforeEach
        void join() {
            one = join("one");
            two = join("two");
        }

        private RoomStore join(String node) {
            RoomStore itsStore = storeOf(node, liveness);
            joined.add(itsStore);
            return itsStore;
        }

        @AfterEach
        void leave() {
            joined.forEach(RoomStore::close);
        }

        /** Finds everybody dead, but only when something has happened; the store's thread is not held up by that. */
        private Liveness dead(Runnable meanwhile) {
            return node -> CompletableFuture.runAsync(meanwhile).thenApply(done -> false);
        }

        private Ownership ownedByOne() {
            Ownership owner = opened(one.open(ROOM)).ownership();
            assertThat(get(one.commit(ROOM, owner, change(1, record("a", 1))))).isEqualTo(new Committed());
            return owner;
        }

        private CommitResult commitOfTwo(Ownership owner, long clock) {
            return get(two.commit(ROOM, owner, change(clock, record("b", clock))));
        }

        @Test
        @DisplayName("one that is alive keeps its room, and does not notice that another has asked")
        void alive() {
            Ownership owner = ownedByOne();

            assertThat(get(two.open(ROOM))).isEqualTo(new Opening.OwnedElsewhere("one"));
            assertThat(asked).containsExactly("one");
            assertThat(get(one.commit(ROOM, owner, change(2, record("a", 2))))).isEqualTo(new Committed());
            assertThat(opened(one.open(ROOM)).ownership().epoch()).isEqualTo(owner.epoch() + 1);
        }

        @Test
        @DisplayName("one that is alive keeps also a room that nobody has committed to")
        void aliveAndNothingStored() {
            opened(one.open(ROOM));

            assertThat(get(two.open(ROOM))).isEqualTo(new Opening.OwnedElsewhere("one"));
        }

        @Test
        @DisplayName("(3) one that is dead loses its room to the one that asks, and is fenced should it come back")
        void dead() {
            Ownership before = ownedByOne();
            dead.add("one");

            OpenedRoom taken = opened(two.open(ROOM));

            assertThat(documents(taken.snapshot().orElseThrow())).isEqualTo(documents(record("a", 1)));
            assertThat(taken.ownership().epoch()).isEqualTo(before.epoch() + 1);
            assertThat(get(one.commit(ROOM, before, change(2, record("a", 2, "late")))))
                    .isEqualTo(new Fenced());
            assertThat(commitOfTwo(taken.ownership(), 2)).isEqualTo(new Committed());
            assertThat(get(one.open(ROOM))).isEqualTo(new Opening.OwnedElsewhere("two"));
        }

        @Test
        @DisplayName("nobody is asked about a room that nobody owns, or that the node itself owns")
        void nobodyIsAsked() {
            Ownership owner = ownedByOne();
            opened(one.open(ROOM));
            get(one.release(ROOM, owner));
            get(one.release(ROOM, opened(one.open(ROOM)).ownership()));

            assertThat(opened(two.open(ROOM)).snapshot()).isPresent();
            assertThat(asked).isEmpty();
        }

        @Test
        @DisplayName("that both find the owner dead, one has its room and the other is told which")
        void race() {
            ownedByOne();
            dead.add("one");
            RoomStore three = storeOf("three", dead(() -> opened(two.open(ROOM))));
            try (three) {
                assertThat(get(three.open(ROOM))).isEqualTo(new Opening.OwnedElsewhere("two"));
            }
            assertThat(get(store.owner(ROOM))).contains("two");
        }

        @Test
        @DisplayName("one that opens its room again while it is thought dead keeps it")
        void openedAgainMeanwhile() {
            ownedByOne();
            RoomStore three = storeOf("three", dead(() -> opened(one.open(ROOM))));
            try (three) {
                assertThat(get(three.open(ROOM))).isEqualTo(new Opening.OwnedElsewhere("one"));
            }
        }

        @Test
        @DisplayName("one that gives its room back while it is asked about gives it to the one that asks")
        void releasedMeanwhile() {
            Ownership owner = ownedByOne();
            RoomStore three = storeOf("three", dead(() -> get(one.release(ROOM, owner))));
            try (three) {
                assertThat(opened(three.open(ROOM)).ownership().epoch()).isEqualTo(owner.epoch() + 1);
            }
        }

        @Test
        @DisplayName(
                "when it cannot be told whether the owner is alive, the opening fails and the owner keeps its room")
        void unknown() {
            Ownership owner = ownedByOne();
            RoomStore three = storeOf("three", node -> CompletableFuture.failedStage(new StoreException("no answer")));
            try (three) {
                assertThat(failureOf(three.open(ROOM))).isInstanceOf(StoreException.class);
            }
            assertThat(get(one.commit(ROOM, owner, change(2, record("a", 2))))).isEqualTo(new Committed());
        }

        @Test
        @DisplayName("the owner is named wherever a room is looked up, until it gives the room back")
        void named() {
            Ownership owner = ownedByOne();

            assertThat(get(two.owner(ROOM))).contains("one");
            assertThat(get(two.find(ROOM)).orElseThrow().owner()).contains("one");
            assertThat(get(two.list("", Optional.empty(), 1)).rooms())
                    .extracting(RoomSummary::owner)
                    .containsExactly(Optional.of("one"));

            get(one.release(ROOM, owner));
            assertThat(get(two.owner(ROOM))).isEmpty();
            assertThat(get(two.owner("never heard of"))).isEmpty();
            assertThat(get(two.find(ROOM)).orElseThrow().owner()).isEmpty();
        }

        @Test
        @DisplayName("(3) a successor can open the room and nobody else, and until it has, nobody can commit")
        void successor() {
            Ownership before = ownedByOne();
            get(one.release(ROOM, before, Optional.of("two")));

            assertThat(get(store.owner(ROOM))).contains("two");
            assertThat(get(one.open(ROOM))).isEqualTo(new Opening.OwnedElsewhere("two"));
            assertThat(get(one.commit(ROOM, before, change(2, record("a", 2))))).isEqualTo(new Fenced());
            assertThat(commitOfTwo(before, 2)).isEqualTo(new Fenced());
            assertThat(commitOfTwo(new Ownership(before.epoch(), ""), 2)).isEqualTo(new Fenced());

            Ownership next = opened(two.open(ROOM)).ownership();
            assertThat(next.epoch()).isEqualTo(before.epoch() + 1);
            get(one.release(ROOM, before));
            get(one.release(ROOM, before, Optional.of("one")));
            assertThat(commitOfTwo(next, 2)).isEqualTo(new Committed());
        }

        @Test
        @DisplayName("(3) who has named a successor can name another, or nobody, until that one has opened the room")
        void takenBack() {
            Ownership before = ownedByOne();
            get(one.release(ROOM, before, Optional.of("two")));
            get(one.release(ROOM, before, Optional.of("three")));
            assertThat(get(two.open(ROOM))).isEqualTo(new Opening.OwnedElsewhere("three"));
            get(one.release(ROOM, before));
            assertThat(get(store.owner(ROOM))).isEmpty();
            get(one.release(ROOM, before, Optional.of("three")));
            assertThat(get(store.owner(ROOM)))
                    .as("what is nobody's, nobody leaves")
                    .isEmpty();

            Ownership next = opened(two.open(ROOM)).ownership();
            get(two.release(ROOM, next, Optional.of("one")));
            Ownership last = opened(one.open(ROOM)).ownership();
            get(two.release(ROOM, next));
            get(one.release(ROOM, before));
            assertThat(get(one.commit(ROOM, last, change(2, record("a", 2))))).isEqualTo(new Committed());
        }

        @Test
        @DisplayName("of a room that nobody has committed to nothing remains when it is left to nobody after all")
        void takenBackEmpty() {
            Ownership before = opened(one.open(ROOM)).ownership();
            get(one.release(ROOM, before, Optional.of("two")));
            get(one.release(ROOM, before));

            assertThat(get(store.owner(ROOM))).isEmpty();
            assertThat(opened(two.open(ROOM)).ownership().epoch()).isEqualTo(1);
        }

        @Test
        @DisplayName("a successor that has died meanwhile keeps the room from nobody")
        void deadSuccessor() {
            get(one.release(ROOM, ownedByOne(), Optional.of("two")));
            dead.add("two");

            assertThat(opened(one.open(ROOM)).snapshot()).isPresent();
            assertThat(get(two.open(ROOM))).isEqualTo(new Opening.OwnedElsewhere("one"));
        }

        @Test
        @DisplayName("a room that nobody has committed to is left to a successor as well")
        void successorOfNothing() {
            get(one.release(ROOM, opened(one.open(ROOM)).ownership(), Optional.of("two")));

            assertThat(get(one.open(ROOM))).isEqualTo(new Opening.OwnedElsewhere("two"));
            assertThat(get(store.find(ROOM))).isEmpty();
            assertThat(commitOfTwo(opened(two.open(ROOM)).ownership(), 1)).isEqualTo(new Committed());
        }

        @Test
        @DisplayName("any may delete a room: the owner is fenced, and who asks next has the new one")
        void deleted() {
            Ownership before = ownedByOne();
            get(two.delete(ROOM));

            Ownership next = opened(two.open(ROOM)).ownership();
            assertThat(get(one.commit(ROOM, before, change(2, record("a", 2))))).isEqualTo(new Fenced());
            assertThat(commitOfTwo(next, 1)).isEqualTo(new Committed());
        }
    }

    @Nested
    @DisplayName("(10) Reading without opening")
    class Reading {

        private RoomSnapshot read() {
            return get(store.read(ROOM, Admission.ANY)).orElseThrow(() -> new AssertionError("nothing is stored"));
        }

        private List<String> page(Optional<String> after, int limit, Predicate<StoredRecord> wanted) {
            RoomExcerpt page = get(store.readRecords(ROOM, new RecordRange(after, limit, wanted)))
                    .orElseThrow();
            return Stream.concat(
                            page.records().stream().map(StoredRecord::id), page.more() ? Stream.of("…") : Stream.of())
                    .toList();
        }

        @Test
        @DisplayName("finds what opening finds, and no owner notices")
        void asOpened() {
            Ownership owner = ownRoomWithTwoRecords();
            commit(owner, change(2, List.of(record("a", 2)), Map.of("b", 2L), Set.of()));

            RoomSnapshot read = read();
            RoomExcerpt one = get(store.readRecord(ROOM, "a")).orElseThrow();

            assertThat(one.records()).hasSize(1).allSatisfy(record -> {
                assertThat(record.json()).isEqualTo(record("a", 2).json());
                assertThat(record.lastChangedClock()).isEqualTo(2);
            });
            assertThat(one.documentClock()).isEqualTo(2);
            assertThat(one.schema()).isEqualTo(StoredRooms.SCHEMA);
            assertThat(page(Optional.empty(), 10, any -> true)).containsExactly("a");
            assertThat(commit(owner, change(3, record("c", 3))))
                    .as("who owned the room before owns it still")
                    .isEqualTo(new Committed());
            OpenedRoom opened = opened(store.open(ROOM));
            assertThat(opened.ownership().epoch()).isEqualTo(owner.epoch() + 1);

            assertThat(documents(read)).isEqualTo(documents(record("a", 2)));
            assertThat(read.tombstones()).isEqualTo(Map.of("b", 2L));
            assertThat(read.documentClock()).isEqualTo(2);
            assertThat(read.tombstoneHistoryStartsAtClock()).isZero();
            assertThat(read.schema()).isEqualTo(StoredRooms.SCHEMA);
        }

        @Test
        @DisplayName("sees the last commit each time, whoever made it")
        void lastCommit() {
            Ownership owner = ownRoomWithTwoRecords();
            RoomSnapshot before = read();
            commit(owner, change(2, List.of(record("c", 2)), Map.of("a", 2L), Set.of()));

            assertThat(documents(before)).isEqualTo(documents(record("a", 1), record("b", 1)));
            assertThat(documents(read())).isEqualTo(documents(record("b", 1), record("c", 2)));
            assertThat(get(store.readRecord(ROOM, "a")).orElseThrow().records()).isEmpty();
            assertThat(get(store.readRecord(ROOM, "c")).orElseThrow().documentClock())
                    .isEqualTo(2);
            assertThat(page(Optional.empty(), 10, any -> true)).containsExactly("b", "c");
        }

        @Test
        @DisplayName("finds nothing where nobody has committed, and leaves nothing there")
        void nothing() {
            own("opened only");
            get(store.delete(ROOM));

            for (String id : List.of("opened only", "never heard of", ROOM)) {
                assertThat(get(store.read(id, size -> {
                            throw new AssertionError("there is nothing to be admitted");
                        })))
                        .isEmpty();
                assertThat(get(store.readRecord(id, "a"))).isEmpty();
                assertThat(get(store.readRecords(id, new RecordRange(Optional.empty(), 1, any -> true))))
                        .isEmpty();
            }
            assertThat(opened(store.open("never heard of")).ownership().epoch()).isEqualTo(1);
        }

        @Test
        @DisplayName("asks before it takes a room into memory, and says how much that is")
        void admission() {
            Ownership owner = own(ROOM);
            DocumentChange change = change(1, record("a", 1), record("b", 1));
            commit(owner, change);
            List<DocumentSize> asked = new ArrayList<>();

            assertThat(failureOf(store.read(ROOM, size -> {
                        asked.add(size);
                        return false;
                    })))
                    .isInstanceOf(NotAdmittedException.class);
            assertThat(asked).containsExactly(change.size());
        }

        @Test
        @DisplayName("goes through the records page by page, in the order of their ids")
        void pages() {
            commit(own(ROOM), change(1, record("d", 1), record("b", 1), record("a", 1), record("c", 1)));

            assertThat(page(Optional.empty(), 2, any -> true)).containsExactly("a", "b", "…");
            assertThat(page(Optional.of("b"), 2, any -> true)).containsExactly("c", "d");
            assertThat(page(Optional.of("bb"), 1, any -> true)).containsExactly("c", "…");
            assertThat(page(Optional.of("d"), 2, any -> true)).isEmpty();
            assertThat(page(Optional.empty(), 1, record -> record.id().compareTo("b") > 0))
                    .containsExactly("c", "…");
            assertThat(page(Optional.empty(), 2, record -> record.id().compareTo("b") > 0))
                    .containsExactly("c", "d");
        }

        @Test
        @DisplayName("has every hostile id on one page exactly, and finds the record of it")
        void hostile() {
            StoredRecord[] records = hostileIds().map(id -> record(id, 1)).toArray(StoredRecord[]::new);
            commit(own(ROOM), change(1, records));

            List<String> seen = new ArrayList<>();
            Optional<RoomExcerpt> page = Optional.empty();
            do {
                Optional<String> after =
                        page.map(before -> before.records().getLast().id());
                page = get(store.readRecords(ROOM, new RecordRange(after, 4, any -> true)));
                page.orElseThrow().records().forEach(record -> seen.add(record.id()));
            } while (page.get().more());

            assertThat(seen).containsExactlyInAnyOrderElementsOf(hostileIds().toList());
            for (StoredRecord record : records) {
                assertThat(get(store.readRecord(ROOM, record.id()))
                                .orElseThrow()
                                .records())
                        .singleElement()
                        .satisfies(found -> assertThat(found.json()).isEqualTo(record.json()));
            }
        }

        @Test
        @DisplayName("a page of large records ends early, and the next one goes on there")
        void largeRecords() {
            String text = "x".repeat((int) RecordGatherer.MOST_BYTES / 3);
            commit(own(ROOM), change(1, record("a", 1, text), record("b", 1, text), record("c", 1, text.repeat(4))));

            assertThat(page(Optional.empty(), 10, any -> true)).containsExactly("a", "b", "…");
            assertThat(page(Optional.of("b"), 10, any -> true)).containsExactly("c");
        }

        @Test
        @DisplayName("a large room is read whole, and one of its records is found behind all the others")
        void large() {
            StoredRecord[] records = IntStream.range(0, 20_000)
                    .mapToObj(i -> record("shape:%05d".formatted(i), 1, "x".repeat(400)))
                    .toArray(StoredRecord[]::new);
            commit(own(ROOM), change(1, records));

            assertThat(documents(read())).isEqualTo(documents(records));
            assertThat(page(Optional.of("shape:19997"), 10, any -> true)).containsExactly("shape:19998", "shape:19999");
            assertThat(page(Optional.empty(), 1, record -> record.id().equals("shape:19999")))
                    .containsExactly("shape:19999");
        }

        @Test
        @DisplayName("while a large room is being committed to all the time is one commit or another, never a part")
        void busy() {
            int count = 3_000;
            Ownership owner = own(ROOM);
            commit(owner, change(1, everywhere(count, 1)));
            AtomicBoolean done = new AtomicBoolean();
            CompletableFuture<Long> writing = CompletableFuture.supplyAsync(() -> {
                long clock = 1;
                while (!done.get()) {
                    clock++;
                    assertThat(commit(owner, change(clock, everywhere(count, clock))))
                            .isEqualTo(new Committed());
                }
                return clock;
            });
            try {
                for (int i = 0; i < 5; i++) {
                    RoomSnapshot room = read();
                    assertThat(room.documents()).hasSize(count).allSatisfy(record -> assertThat(
                                    record.lastChangedClock())
                            .isEqualTo(room.documentClock()));
                    RoomExcerpt page = get(store.readRecords(ROOM, new RecordRange(Optional.empty(), 50, any -> true)))
                            .orElseThrow();
                    assertThat(page.records()).hasSize(50).allSatisfy(record -> assertThat(record.lastChangedClock())
                            .isEqualTo(page.documentClock()));
                    RoomExcerpt one = get(store.readRecord(ROOM, "shape:7")).orElseThrow();
                    assertThat(one.records().getFirst().lastChangedClock()).isEqualTo(one.documentClock());
                }
            } finally {
                done.set(true);
            }
            assertThat(get(writing)).isGreaterThan(1);
        }

        private StoredRecord[] everywhere(int count, long clock) {
            return IntStream.range(0, count)
                    .mapToObj(i -> record("shape:" + i, clock, "x".repeat(400)))
                    .toArray(StoredRecord[]::new);
        }
    }

    @Nested
    @DisplayName("Deleting")
    class Deleting {

        @Test
        @DisplayName("removes a room for good, and fences the owner that still runs")
        void fences() {
            Ownership owner = ownRoomWithTwoRecords();
            commit(owner, change(2, List.of(), Map.of("a", 2L), Set.of()));

            assertThat(get(store.delete(ROOM))).isTrue();
            assertThat(commit(owner, change(3, record("a", 3)))).isEqualTo(new Fenced());
            assertThat(get(store.delete(ROOM))).isFalse();
            assertThat(opened(store.open(ROOM)).snapshot()).isEmpty();
        }

        @Test
        @DisplayName("fences the owner also when somebody else has made the room anew")
        void fencesAfterNewStart() {
            Ownership owner = ownRoomWithTwoRecords();
            get(store.delete(ROOM));
            Ownership next = own(ROOM);

            assertThat(commit(owner, change(2, record("a", 2)))).isEqualTo(new Fenced());
            assertThat(commit(owner, change(1, record("a", 1)))).isEqualTo(new Fenced());
            assertThat(commit(next, change(1, record("new", 1)))).isEqualTo(new Committed());
            assertThat(documents(stored(ROOM))).isEqualTo(documents(record("new", 1)));
        }

        @Test
        @DisplayName("leaves behind how far the room had come, for whoever makes it again")
        void clockFloor() {
            long reached = 1_764_000_000_000L;
            Ownership owner = own(ROOM);
            get(store.commit(
                    ROOM,
                    owner,
                    new DocumentChange(
                            0,
                            reached,
                            reached,
                            StoredRooms.SCHEMA,
                            List.of(),
                            Map.of(),
                            Set.of(),
                            DocumentSize.EMPTY)));
            get(store.delete(ROOM));
            OpenedRoom anew = opened(store.open(ROOM));
            assertThat(anew.clockFloor()).isGreaterThanOrEqualTo(reached);

            // what has come less far changes nothing
            get(store.commit(ROOM, anew.ownership(), change(1, record("a", 1))));
            get(store.delete(ROOM));
            store.close();
            store = openStore();
            assertThat(opened(store.open(ROOM)).clockFloor()).isGreaterThanOrEqualTo(reached);
        }

        @Test
        @DisplayName("what is not stored says so")
        void nothing() {
            own("opened only");

            assertThat(get(store.delete("never heard of"))).isFalse();
            assertThat(get(store.delete("opened only"))).isFalse();
        }
    }

    @Nested
    @DisplayName("The list")
    class Listing {

        private void storeRooms(String... ids) {
            for (String id : ids) {
                assertThat(get(store.commit(id, own(id), change(1, record("a", 1)))))
                        .isEqualTo(new Committed());
            }
        }

        @Test
        @DisplayName("goes through all rooms with a prefix, in order, page by page, whatever the size of a page")
        void pages() {
            String[] all = {"a", "b-1", "b-10", "b-2", "b.", "b_", "b~", "c"};
            storeRooms(all);
            own("b-not-stored");

            for (int limit = 1; limit <= 9; limit++) {
                assertThat(listAll("b", limit)).containsExactly("b-1", "b-10", "b-2", "b.", "b_", "b~");
                assertThat(listAll("", limit)).containsExactly(all);
            }
            assertThat(listAll("B", 5)).isEmpty();
            assertThat(listAll("b-1", 5)).containsExactly("b-1", "b-10");
        }

        @Test
        @DisplayName("goes on behind the last id of the page before, also when that room is gone")
        void goesOn() {
            storeRooms("a", "b", "c", "d");
            RoomPage first = get(store.list("", Optional.empty(), 2));
            get(store.delete("b"));

            assertThat(first.roomIds()).containsExactly("a", "b");
            assertThat(get(store.list("", first.next(), 2)).roomIds()).containsExactly("c", "d");
        }

        @Test
        @DisplayName("has no room that was deleted, and has it again when it is stored again")
        void deleted() {
            storeRooms("a", "b");
            get(store.delete("a"));
            assertThat(listAll("", 10)).containsExactly("b");

            storeRooms("a");
            assertThat(listAll("", 10)).containsExactly("a", "b");
        }

        @Test
        @DisplayName("says of each room what finding it says: clock, size, times")
        void summaries() {
            storeRooms("a", "b");
            Ownership owner = own("b");
            StoredRecord large = record("x", 2, "much text");
            get(store.commit("b", owner, change(2, record("a", 1), large)));

            List<RoomSummary> rooms = get(store.list("", Optional.empty(), 10)).rooms();

            assertThat(rooms).extracting(RoomSummary::documentClock).containsExactly(1L, 2L);
            assertThat(rooms.getLast().size()).isEqualTo(StoredRooms.size(List.of(record("a", 1), large)));
            assertThat(rooms.getLast().created())
                    .isBeforeOrEqualTo(rooms.getLast().changed());
            assertThat(rooms.getLast().changed())
                    .isAfterOrEqualTo(rooms.getFirst().changed());
            assertThat(get(store.find("b"))).contains(rooms.getLast());
        }

        @Test
        @DisplayName("finds no room that nobody has committed to, nor one that was deleted")
        void findsOnlyStored() {
            storeRooms("deleted");
            get(store.delete("deleted"));
            own("only opened");

            assertThat(get(store.find("deleted"))).isEmpty();
            assertThat(get(store.find("only opened"))).isEmpty();
            assertThat(get(store.find("never heard of"))).isEmpty();
        }

        private List<String> listAll(String prefix, int limit) {
            List<String> ids = new ArrayList<>();
            RoomPage page = get(store.list(prefix, Optional.empty(), limit));
            ids.addAll(page.roomIds());
            while (page.next().isPresent()) {
                assertThat(page.roomIds()).hasSize(limit);
                page = get(store.list(prefix, page.next(), limit));
                ids.addAll(page.roomIds());
            }
            return ids;
        }

        @Test
        @DisplayName("(9) has every hostile id exactly once")
        void hostile() {
            storeRooms(hostileIds().toArray(String[]::new));

            for (int limit : new int[] {1, 3, 100}) {
                assertThat(listAll("", limit))
                        .containsExactlyInAnyOrderElementsOf(hostileIds().toList());
            }
            assertThat(listAll("quote \"", 100)).containsExactly("quote \" and ' and \\");
        }
    }

    static Stream<String> hostileIds() {
        return Stream.of(
                "",
                " ",
                "quote \" and ' and \\",
                "line\nbreak\r\ttab",
                "nul \u0000 inside",
                "lone high \uD83D",
                "lone low \uDE00 here",
                "\uDE00\uD83D the wrong way round",
                "\uD83D\uDE00",
                "\uFFFD",
                "?",
                "\\u0000",
                "\\ud83d",
                "\\e",
                "{}",
                "}{",
                "{",
                "}",
                "a{b}c",
                "*",
                "a?[b]*",
                "%s%n; DROP TABLE room; --",
                "ünïcödé 房间 \u202E right to left",
                "e\u0301",
                "\u00E9",
                ":meta",
                "shape:" + "long".repeat(20_000));
    }

    @Nested
    @DisplayName("(9) Whatever the ids,")
    class Ids {

        @ParameterizedTest
        @MethodSource("dev.drawbridge.store.RoomStoreContract#hostileIds")
        @DisplayName("a room with this id lives like any other")
        void roomId(String id) {
            Ownership owner = own(id);
            get(store.commit(id, owner, change(1, record("a", 1))));

            assertThat(documents(stored(id))).isEqualTo(documents(record("a", 1)));
            assertThat(get(store.list(id.isEmpty() ? "" : id, Optional.empty(), 10))
                            .roomIds())
                    .contains(id);
            assertThat(get(store.delete(id))).isTrue();
            assertThat(opened(store.open(id)).snapshot()).isEmpty();
        }

        @Test
        @DisplayName("rooms do not get into each other's way")
        void roomsAreApart() {
            hostileIds().forEach(id -> get(store.commit(id, own(id), change(1, record("a", 1, "of " + id)))));

            hostileIds()
                    .forEach(id -> assertThat(documents(stored(id))).isEqualTo(documents(record("a", 1, "of " + id))));
        }

        @Test
        @DisplayName("records and tombstones do not get into each other's way")
        void recordIds() {
            StoredRecord[] records = hostileIds().map(id -> record(id, 1)).toArray(StoredRecord[]::new);
            Ownership owner = own(ROOM);
            commit(owner, change(1, records));
            assertThat(documents(stored(ROOM))).isEqualTo(documents(records));

            Map<String, Long> tombstones = new HashMap<>();
            hostileIds().forEach(id -> tombstones.put(id, 2L));
            owner = own(ROOM);
            commit(owner, change(2, List.of(), tombstones, Set.of()));
            assertThat(stored(ROOM).documents()).isEmpty();
            assertThat(stored(ROOM).tombstones()).isEqualTo(tombstones);

            owner = own(ROOM);
            commit(owner, change(3, List.of(), Map.of(), tombstones.keySet()));
            assertThat(stored(ROOM).tombstones()).isEmpty();
        }
    }

    @Nested
    @DisplayName("At size,")
    class Sizes {

        @Test
        @DisplayName("a room of 25 MB comes back whole, and a small commit to it stays small")
        void largeRoom() {
            StoredRecord[] records = IntStream.range(0, 50_000)
                    .mapToObj(i -> record("shape:" + i, 1, "x".repeat(460)))
                    .toArray(StoredRecord[]::new);
            DocumentChange first = change(1, records);
            assertThat(first.bytesPut()).isGreaterThan(25_000_000);
            Ownership owner = own(ROOM);
            assertThat(commit(owner, first)).isEqualTo(new Committed());

            assertThat(documents(stored(ROOM))).isEqualTo(documents(records));

            owner = own(ROOM);
            long start = System.nanoTime();
            for (int clock = 2; clock < 12; clock++) {
                commit(owner, change(clock, record("shape:7", clock)));
            }
            assertThat((System.nanoTime() - start) / 10)
                    .as("nanoseconds for a commit of one record")
                    .isLessThan(200_000_000);
        }

        @Test
        @DisplayName("a record of 10 MB comes back whole")
        void largeRecord() {
            StoredRecord large = record("shape:large", 1, "ä\u0000\uD83D\uDE00".repeat(1_000_000));
            commit(own(ROOM), change(1, large));

            assertThat(documents(stored(ROOM))).isEqualTo(documents(large));
        }

        @Test
        @DisplayName("100,000 tombstones come back, and most of them can be pruned at once")
        void tombstones() {
            Map<String, Long> tombstones = new HashMap<>();
            Set<String> old = new HashSet<>();
            for (int i = 0; i < 100_000; i++) {
                tombstones.put("shape:" + i, (long) i / 7 + 1);
                if (i < 90_000) {
                    old.add("shape:" + i);
                }
            }
            Ownership owner = own(ROOM);
            commit(
                    owner,
                    new DocumentChange(
                            0, 20_000, 0, StoredRooms.SCHEMA, List.of(), tombstones, Set.of(), DocumentSize.EMPTY));
            assertThat(stored(ROOM).tombstones()).isEqualTo(tombstones);

            owner = own(ROOM);
            commit(
                    owner,
                    new DocumentChange(
                            20_000, 20_000, 12_858, StoredRooms.SCHEMA, List.of(), Map.of(), old, DocumentSize.EMPTY));
            tombstones.keySet().removeAll(old);
            assertThat(stored(ROOM).tombstones()).isEqualTo(tombstones);
        }

        @Test
        @DisplayName("many rooms commit at the same time")
        void manyRooms() {
            List<CompletableFuture<RoomSnapshot>> ends = IntStream.range(0, 300)
                    .mapToObj(i -> liveThrough("room-" + i).toCompletableFuture())
                    .toList();

            for (CompletableFuture<RoomSnapshot> end : ends) {
                assertThat(get(end).documentClock()).isEqualTo(5);
                assertThat(documents(get(end))).hasSize(5);
            }
        }

        private CompletionStage<RoomSnapshot> liveThrough(String room) {
            return open(room)
                    .thenCompose(opened -> commitUpTo(room, opened.ownership(), 1))
                    .thenCompose(owner -> store.release(room, owner))
                    .thenCompose(released -> open(room))
                    .thenApply(opened -> opened.snapshot().orElseThrow());
        }

        private CompletionStage<Ownership> commitUpTo(String room, Ownership owner, int clock) {
            return store.commit(room, owner, change(clock, record("shape:" + clock, clock)))
                    .thenCompose(result -> {
                        assertThat(result).isEqualTo(new Committed());
                        return clock == 5
                                ? CompletableFuture.completedFuture(owner)
                                : commitUpTo(room, owner, clock + 1);
                    });
        }
    }

    @Test
    @DisplayName("Closing ends what is under way; what comes later fails")
    void closing() {
        // Of one room there is one commit under way at a time.
        List<String> rooms = IntStream.range(0, 50).mapToObj(i -> ROOM + i).toList();
        List<Ownership> owners = rooms.stream().map(this::own).toList();
        List<CompletableFuture<CommitResult>> underWay = IntStream.range(0, 50)
                .mapToObj(i -> store.commit(rooms.get(i), owners.get(i), change(1, record("shape:" + i, 1)))
                        .toCompletableFuture())
                .toList();
        store.close();

        assertThat(underWay).allSatisfy(commit -> assertThat(get(commit)).isEqualTo(new Committed()));
        if (!(store instanceof InMemoryRoomStore)) {
            assertThat(failureOf(store.ping())).isNotNull();
            assertThat(failureOf(store.open(ROOM))).isNotNull();
            assertThat(failureOf(store.list("", Optional.empty(), 1))).isNotNull();
            assertThat(failureOf(store.read(ROOM, Admission.ANY))).isNotNull();
            assertThat(failureOf(store.readRecord(ROOM, "shape:1"))).isNotNull();
        }
        store = openStore();
        get(store.ping());
        assertThat(rooms)
                .allSatisfy(room -> assertThat(stored(room).documentClock()).isEqualTo(1));
    }
}
