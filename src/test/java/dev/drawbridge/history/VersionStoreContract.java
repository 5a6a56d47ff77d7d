package dev.drawbridge.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.drawbridge.history.VersionStore.Block;
import dev.drawbridge.history.VersionStore.Usage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link VersionStore} promises. The numbers are those of its INVARIANTS. */
public abstract class VersionStoreContract {
    protected static final String ROOM = "room";
    private static final Instant START = Instant.parse("2026-03-01T10:00:00.123Z");

    protected VersionStore store;

    /**
     * A store in this test's own home: empty at first, with what was put there when it is called again. Several are open at
     * the same time, as on several nodes.
     */
    protected abstract VersionStore openStore();

    @BeforeEach
    void open() {
        store = openStore();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void reopen() {
        store.close();
        store = openStore();
    }

    protected static VersionId id(int number) {
        return VersionId.at(START.plusSeconds(number), 7 * number);
    }

    protected static Version version(VersionId id) {
        return version(id, Optional.empty());
    }

    protected static Version version(VersionId id, Optional<String> name) {
        return new Version(
                id,
                START,
                17,
                name,
                Reason.AUTO,
                List.of(new Contributor(Optional.of("ann"), Optional.of("Ann")), nobody()),
                3,
                2_000,
                "0123456789abcdef".repeat(4));
    }

    private static Contributor nobody() {
        return new Contributor(Optional.empty(), Optional.empty());
    }

    protected static BlockKey whole(VersionId id) {
        return new BlockKey(id, Optional.empty());
    }

    protected static BlockKey from(VersionId id, VersionId base) {
        return new BlockKey(id, Optional.of(base));
    }

    protected static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] random(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }

    protected void add(String room, int number) {
        VersionId id = id(number);
        store.add(room, version(id), whole(id), bytes("content of " + id));
    }

    private void addAll(String room, int count) {
        for (int number = 0; number < count; number++) {
            add(room, number);
        }
    }

    private static List<VersionId> idsOf(List<Version> versions) {
        return versions.stream().map(Version::id).toList();
    }

    private List<BlockKey> keys(String room) {
        return store.blocks(room).stream().map(Block::key).toList();
    }

    private void assertNothingIsKept(String room) {
        assertThat(store.versions(room, Optional.empty(), 10)).isEmpty();
        assertThat(store.ids(room)).isEmpty();
        assertThat(store.blocks(room)).isEmpty();
        assertThat(store.usage(room)).isEqualTo(new Usage(0, 0));
        assertThat(store.rooms(Optional.empty(), 100)).doesNotContain(room);
    }

    /** Does the work of each at the same time as that of the others, and takes what any of them throws. */
    private static <T> List<T> atOnce(List<Callable<T>> work) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(work)) {
                results.add(future.get());
            }
            return results;
        }
    }

    @Nested
    @DisplayName("[1] A version that is listed has its block:")
    class Listing {

        @Test
        @DisplayName("what was added is listed, found and read as it was added")
        void added() {
            Version version = version(id(1), Optional.of("before the meeting"));
            store.add(ROOM, version, whole(id(1)), bytes("all of it"));

            assertThat(store.versions(ROOM, Optional.empty(), 10)).containsExactly(version);
            assertThat(store.version(ROOM, id(1))).contains(version);
            assertThat(store.ids(ROOM)).containsExactly(id(1));
            assertThat(store.blocks(ROOM)).containsExactly(new Block(whole(id(1)), 9));
            assertThat(store.block(ROOM, whole(id(1)))).contains(bytes("all of it"));
            assertThat(store.usage(ROOM)).isEqualTo(new Usage(1, 9));
            assertThat(store.rooms(Optional.empty(), 10)).containsExactly(ROOM);
        }

        @Test
        @DisplayName("of what is not there nothing is found")
        void nothing() {
            add(ROOM, 1);

            assertNothingIsKept("another");
            assertThat(store.version(ROOM, id(2))).isEmpty();
            assertThat(store.version("another", id(1))).isEmpty();
            assertThat(store.block(ROOM, whole(id(2)))).isEmpty();
            assertThat(store.block(ROOM, from(id(1), id(2)))).isEmpty();
            assertThat(store.block("another", whole(id(1)))).isEmpty();
        }

        @Test
        @DisplayName("the newest come first, no more than wanted, from before the one that is named on, there or not")
        void order() {
            IntStream.of(3, 1, 5, 2, 4).forEach(number -> add(ROOM, number));

            assertThat(idsOf(store.versions(ROOM, Optional.empty(), 10)))
                    .containsExactly(id(5), id(4), id(3), id(2), id(1));
            assertThat(idsOf(store.versions(ROOM, Optional.empty(), 2))).containsExactly(id(5), id(4));
            assertThat(idsOf(store.versions(ROOM, Optional.of(id(4)), 2))).containsExactly(id(3), id(2));
            store.remove(ROOM, id(4));
            assertThat(idsOf(store.versions(ROOM, Optional.of(id(4)), 5))).containsExactly(id(3), id(2), id(1));
            assertThat(store.versions(ROOM, Optional.of(id(1)), 5)).isEmpty();
            assertThat(idsOf(store.versions(ROOM, Optional.of(id(9)), 1))).containsExactly(id(5));
            assertThat(store.versions(ROOM, Optional.empty(), 0)).isEmpty();
            assertThat(store.ids(ROOM)).containsExactly(id(1), id(2), id(3), id(5));
        }

        @Test
        @DisplayName("versions of one millisecond are different ones")
        void sameInstant() {
            List<VersionId> ids = List.of(VersionId.at(START, 1), VersionId.at(START, 2), VersionId.at(START, 3));
            ids.forEach(id -> store.add(ROOM, version(id), whole(id), bytes(id.text())));

            assertThat(store.ids(ROOM)).isEqualTo(ids);
            assertThat(idsOf(store.versions(ROOM, Optional.of(ids.get(2)), 1))).containsExactly(ids.get(1));
        }

        @Test
        @DisplayName("whoever looks while versions come and go finds the block of each that is listed before and after")
        void meanwhile() throws Exception {
            AtomicBoolean done = new AtomicBoolean();
            try (VersionStore looking = openStore()) {
                List<Callable<Boolean>> both = List.of(
                        () -> {
                            try {
                                addAll(ROOM, 60);
                            } finally {
                                done.set(true);
                            }
                            return true;
                        },
                        () -> {
                            while (!done.get()) {
                                for (VersionId id : looking.ids(ROOM)) {
                                    assertThat(looking.block(ROOM, whole(id))).contains(bytes("content of " + id));
                                }
                            }
                            return true;
                        });
                assertThat(atOnce(both)).containsOnly(true);
            }
        }

        @Test
        @DisplayName("a block of another version is not taken for that of a version")
        void blockOfAnother() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.add(ROOM, version(id(1)), whole(id(2)), bytes("x")));
            assertNothingIsKept(ROOM);
        }
    }

    @Nested
    @DisplayName("[1] Blocks:")
    class Blocks {

        @Test
        @DisplayName("a version may have several, whole and from bases; they come in the order of their versions")
        void several() {
            add(ROOM, 2);
            add(ROOM, 1);
            store.putBlock(ROOM, from(id(2), id(1)), bytes("difference"));
            store.putBlock(ROOM, from(id(2), id(0)), bytes("another"));

            assertThat(keys(ROOM))
                    .containsExactlyInAnyOrder(whole(id(1)), whole(id(2)), from(id(2), id(1)), from(id(2), id(0)))
                    .startsWith(whole(id(1)));
            assertThat(store.block(ROOM, from(id(2), id(1)))).contains(bytes("difference"));
            assertThat(store.block(ROOM, from(id(2), id(0)))).contains(bytes("another"));
            assertThat(store.block(ROOM, whole(id(2)))).contains(bytes("content of " + id(2)));
        }

        @Test
        @DisplayName(
                "one whose version is no longer listed stays, and keeps its room among the rooms, until it is removed")
        void orphan() {
            add(ROOM, 1);

            assertThat(store.remove(ROOM, id(1))).isTrue();

            assertThat(store.versions(ROOM, Optional.empty(), 10)).isEmpty();
            assertThat(store.version(ROOM, id(1))).isEmpty();
            assertThat(keys(ROOM)).containsExactly(whole(id(1)));
            assertThat(store.block(ROOM, whole(id(1)))).isPresent();
            assertThat(store.usage(ROOM).versions()).isZero();
            assertThat(store.usage(ROOM).bytes()).isPositive();
            assertThat(store.rooms(Optional.empty(), 10)).containsExactly(ROOM);

            store.removeBlock(ROOM, whole(id(1)));
            assertNothingIsKept(ROOM);
        }

        @Test
        @DisplayName("a rewrite leaves the new one")
        void rewritten() {
            store.add(ROOM, version(id(3)), from(id(3), id(1)), bytes("from 1"));
            store.putBlock(ROOM, from(id(3), id(2)), bytes("from 2"));
            store.removeBlock(ROOM, from(id(3), id(1)));

            assertThat(keys(ROOM)).containsExactly(from(id(3), id(2)));
            assertThat(store.block(ROOM, from(id(3), id(1)))).isEmpty();
            assertThat(store.ids(ROOM)).containsExactly(id(3));
            assertThat(store.usage(ROOM)).isEqualTo(new Usage(1, 6));
        }

        @Test
        @DisplayName("of no bytes and of 8 MB come back as they were")
        void sizes() {
            byte[] large = random(8 << 20);
            store.add(ROOM, version(id(1)), whole(id(1)), new byte[0]);
            store.add(ROOM, version(id(2)), whole(id(2)), large);
            reopen();

            assertThat(store.block(ROOM, whole(id(1)))).contains(new byte[0]);
            assertThat(store.block(ROOM, whole(id(2)))).contains(large);
            assertThat(store.blocks(ROOM))
                    .containsExactly(new Block(whole(id(1)), 0), new Block(whole(id(2)), 8 << 20));
            assertThat(store.usage(ROOM)).isEqualTo(new Usage(2, 8 << 20));
        }
    }

    @Nested
    @DisplayName("[2] What has been answered")
    class Answered {

        @Test
        @DisplayName("is there when the store is opened again")
        void reopened() {
            addAll(ROOM, 3);
            store.update(ROOM, version(id(0), Optional.of("named")));
            store.remove(ROOM, id(1));
            store.putBlock(ROOM, from(id(2), id(0)), bytes("d"));
            store.removeBlock(ROOM, whole(id(2)));

            reopen();

            assertThat(store.versions(ROOM, Optional.empty(), 10))
                    .containsExactly(version(id(2)), version(id(0), Optional.of("named")));
            assertThat(keys(ROOM)).containsExactly(whole(id(0)), whole(id(1)), from(id(2), id(0)));
            assertThat(store.usage().versions()).isEqualTo(2);
            assertThat(store.usage()).isEqualTo(store.usage(ROOM));
        }

        @Test
        @DisplayName("is seen by another node at once")
        void elsewhere() {
            try (VersionStore other = openStore()) {
                add(ROOM, 1);
                assertThat(other.ids(ROOM)).containsExactly(id(1));
                assertThat(other.update(ROOM, version(id(1), Optional.of("named"))))
                        .isTrue();
                assertThat(store.version(ROOM, id(1)).flatMap(Version::name)).contains("named");
                assertThat(other.remove(ROOM, id(1))).isTrue();
                assertThat(store.ids(ROOM)).isEmpty();
            }
        }

        @Test
        @DisplayName("keeps every member of a version, down to the nanosecond and up to the largest numbers")
        void members() {
            List<Contributor> many = IntStream.range(0, Version.MOST_CONTRIBUTORS)
                    .mapToObj(i -> new Contributor(Optional.of("user " + i), Optional.empty()))
                    .toList();
            int number = 0;
            List<Version> versions = new ArrayList<>();
            for (Reason reason : Reason.values()) {
                versions.addFirst(new Version(
                        id(number),
                        Instant.parse("2026-03-01T10:00:00.123456789Z"),
                        (1L << 53) - 1,
                        Optional.of(""),
                        reason,
                        number == 0 ? many : List.of(),
                        Integer.MAX_VALUE,
                        1L << 50,
                        "f".repeat(64)));
                store.add(ROOM, versions.getFirst(), whole(id(number)), bytes("x"));
                number++;
            }

            assertThat(store.versions(ROOM, Optional.empty(), 10)).isEqualTo(versions);
        }

        static Stream<String> names() {
            return Stream.of(
                    "it's \"quoted\" \\ `so`; DROP TABLE version; --",
                    "🦊 日本語 ünï \u202e",
                    "line\nbreak\u0000nul\ttab",
                    "half a pair \ud83e",
                    "\udd8a the other half",
                    "x".repeat(Version.LONGEST_NAME));
        }

        @ParameterizedTest
        @MethodSource("names")
        @DisplayName("keeps a name as it is, whatever is in it")
        void anyName(String name) {
            Version named = new Version(
                    id(1),
                    START,
                    1,
                    Optional.of(name),
                    Reason.MANUAL,
                    List.of(new Contributor(Optional.of(name), Optional.of(name))),
                    0,
                    0,
                    "0".repeat(64));
            store.add(ROOM, named, whole(id(1)), bytes("x"));
            reopen();

            assertThat(store.version(ROOM, id(1))).contains(named);
        }
    }

    @Nested
    @DisplayName("[3] Writes may be repeated:")
    class Repeating {

        @Test
        @DisplayName("a version that is added twice is there once, and its block as it was")
        void adding() {
            add(ROOM, 1);
            add(ROOM, 1);

            assertThat(store.ids(ROOM)).containsExactly(id(1));
            assertThat(keys(ROOM)).containsExactly(whole(id(1)));
            assertThat(store.usage(ROOM)).isEqualTo(new Usage(1, bytes("content of " + id(1)).length));
        }

        @Test
        @DisplayName("a block that is put twice counts once")
        void putting() {
            add(ROOM, 1);
            long before = store.usage(ROOM).bytes();
            store.putBlock(ROOM, from(id(1), id(0)), bytes("four"));
            store.putBlock(ROOM, from(id(1), id(0)), bytes("four"));

            assertThat(store.blocks(ROOM)).hasSize(2);
            assertThat(store.usage(ROOM).bytes()).isEqualTo(before + 4);
        }

        @Test
        @DisplayName("removing twice says the second time that there was nothing")
        void removing() {
            addAll(ROOM, 2);

            assertThat(store.remove(ROOM, id(0))).isTrue();
            assertThat(store.remove(ROOM, id(0))).isFalse();
            assertThat(store.remove("another", id(1))).isFalse();
            store.removeBlock(ROOM, whole(id(0)));
            assertThatCode(() -> store.removeBlock(ROOM, whole(id(0)))).doesNotThrowAnyException();
            assertThatCode(() -> store.removeBlock("another", whole(id(0)))).doesNotThrowAnyException();
            assertThat(store.ids(ROOM)).containsExactly(id(1));
            assertThat(keys(ROOM)).containsExactly(whole(id(1)));
            assertThat(store.usage(ROOM).versions()).isEqualTo(1);
        }

        @Test
        @DisplayName("an update changes what is there, and makes nothing of what is not")
        void updating() {
            addAll(ROOM, 2);
            Version named = version(id(1), Optional.of("named"));

            assertThat(store.update(ROOM, named)).isTrue();
            assertThat(store.update(ROOM, named)).isTrue();
            assertThat(store.version(ROOM, id(1))).contains(named);
            assertThat(store.version(ROOM, id(0))).contains(version(id(0)));
            assertThat(store.update(ROOM, named.named(Optional.empty()))).isTrue();
            assertThat(store.version(ROOM, id(1))).contains(version(id(1)));

            store.remove(ROOM, id(1));
            assertThat(store.update(ROOM, named)).isFalse();
            assertThat(store.update("another", named)).isFalse();
            assertThat(store.ids(ROOM)).containsExactly(id(0));
            assertNothingIsKept("another");
        }

        @Test
        @DisplayName("a room is removed with all it has, and no other; it may come back")
        void room() {
            addAll(ROOM, 70);
            store.remove(ROOM, id(3));
            store.putBlock(ROOM, from(id(5), id(4)), bytes("d"));
            add("another", 1);
            Usage another = store.usage("another");

            store.removeRoom(ROOM);
            assertNothingIsKept(ROOM);
            store.removeRoom(ROOM);
            store.removeRoom("nobody's");

            assertThat(store.ids("another")).containsExactly(id(1));
            assertThat(store.usage("another")).isEqualTo(another);
            reopen();
            assertThat(store.usage()).isEqualTo(another);
            add(ROOM, 1);
            assertThat(store.ids(ROOM)).containsExactly(id(1));
        }
    }

    @Nested
    @DisplayName("[4] Several nodes write at once:")
    class Together {

        @Test
        @DisplayName("nothing that one adds, names, rewrites or removes is undone by another")
        void nothingIsUndone() throws Exception {
            try (VersionStore other = openStore()) {
                List<Callable<Boolean>> work = new ArrayList<>();
                for (int number = 0; number < 80; number++) {
                    VersionId id = id(number);
                    VersionStore mine = number % 2 == 0 ? store : other;
                    VersionStore others = number % 2 == 0 ? other : store;
                    boolean removed = number % 4 == 3;
                    work.add(() -> {
                        mine.add(ROOM, version(id), whole(id), bytes(id.text()));
                        assertThat(others.update(ROOM, version(id, Optional.of("of " + id))))
                                .isTrue();
                        others.putBlock(ROOM, from(id, id(0)), bytes("d"));
                        mine.removeBlock(ROOM, whole(id));
                        return !removed || others.remove(ROOM, id);
                    });
                }

                assertThat(atOnce(work)).hasSize(80).containsOnly(true);
            }
            assertThat(store.ids(ROOM))
                    .isEqualTo(IntStream.range(0, 80)
                            .filter(number -> number % 4 != 3)
                            .mapToObj(VersionStoreContract::id)
                            .toList());
            assertThat(store.versions(ROOM, Optional.empty(), 100))
                    .allSatisfy(version -> assertThat(version.name()).contains("of " + version.id()));
            assertThat(keys(ROOM))
                    .isEqualTo(IntStream.range(0, 80)
                            .mapToObj(number -> from(id(number), id(0)))
                            .toList());
            assertThat(store.usage(ROOM)).isEqualTo(new Usage(60, 80));
        }

        @Test
        @DisplayName("of many that remove one version one is told that it was listed, and it is counted once")
        void removedOnce() throws Exception {
            addAll(ROOM, 2);
            try (VersionStore other = openStore()) {
                List<Callable<Boolean>> removals = IntStream.range(0, 12)
                        .<Callable<Boolean>>mapToObj(i -> () -> (i % 2 == 0 ? store : other).remove(ROOM, id(1)))
                        .toList();

                assertThat(atOnce(removals)).contains(true);
            }
            assertThat(store.ids(ROOM)).containsExactly(id(0));
            assertThat(store.usage(ROOM).versions()).isEqualTo(1);
        }

        @Test
        @DisplayName("many may open a new home at the same time")
        void opening() throws Exception {
            List<Callable<VersionStore>> openings = IntStream.range(0, 6)
                    .<Callable<VersionStore>>mapToObj(i -> () -> openStore())
                    .toList();
            int number = 0;
            for (VersionStore opened : atOnce(openings)) {
                opened.add(ROOM, version(id(number)), whole(id(number)), bytes("x"));
                opened.close();
                number++;
            }
            assertThat(store.ids(ROOM)).hasSize(6);
        }
    }

    @Nested
    @DisplayName("[6] Room ids mean nothing:")
    class RoomIds {

        static Stream<String> ids() {
            return Stream.of(
                    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~",
                    "x".repeat(128),
                    "y".repeat(200),
                    ".",
                    "..",
                    "...",
                    "~",
                    "-",
                    "-rf",
                    "_",
                    "Room",
                    "ROOM",
                    "room.",
                    "room.db",
                    "room~1",
                    "NUL",
                    "con",
                    "0",
                    "00",
                    "1e3",
                    "versions",
                    "blocks");
        }

        @ParameterizedTest
        @MethodSource("ids")
        @DisplayName("every one is kept apart from all others")
        void any(String room) {
            add(ROOM, 1);
            add(room, 2);
            reopen();

            assertThat(store.ids(room)).containsExactly(id(2));
            assertThat(store.ids(ROOM)).containsExactly(id(1));
            assertThat(store.block(room, whole(id(2)))).isPresent();
            assertThat(store.rooms(Optional.empty(), 10)).containsExactlyInAnyOrder(room, ROOM);
            store.removeRoom(room);
            assertNothingIsKept(room);
            assertThat(store.block(ROOM, whole(id(1)))).isPresent();
        }

        @Test
        @DisplayName(
                "those that differ in capitals only are different ones, and all are listed once, in pages, in their order")
        void pages() {
            List<String> rooms = List.of(".", "..", "A", "Room", "a", "a.b", "rOOm", "room", "room-1", "~");
            rooms.reversed().forEach(room -> add(room, 1));

            List<String> listed = new ArrayList<>();
            Optional<String> after = Optional.empty();
            List<String> page = store.rooms(after, 3);
            while (!page.isEmpty()) {
                assertThat(page).hasSizeLessThanOrEqualTo(3);
                listed.addAll(page);
                page = store.rooms(Optional.of(page.getLast()), 3);
            }
            assertThat(listed).isSorted().isEqualTo(rooms);
            assertThat(store.rooms(Optional.of("b"), 2)).containsExactly("rOOm", "room");
        }
    }

    @Test
    @DisplayName("It says what it is, and that it is well")
    void describes() {
        assertThat(store.describe()).isNotBlank();
        assertThatCode(store::ping).doesNotThrowAnyException();
        assertThat(store.usage()).isEqualTo(new Usage(0, 0));
    }

    @Test
    @DisplayName("[7] What a room takes is of that room, what all take is the sum")
    void usage() {
        addAll("one", 3);
        addAll("two", 2);
        reopen();

        long each = bytes("content of " + id(0)).length;
        assertThat(store.usage("one")).isEqualTo(new Usage(3, 3 * each));
        assertThat(store.usage("two")).isEqualTo(new Usage(2, 2 * each));
        assertThat(store.usage()).isEqualTo(new Usage(5, 5 * each));
    }
}
