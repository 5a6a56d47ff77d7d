package dev.drawbridge.history.blobs;

import static dev.drawbridge.history.blobs.Samples.ROOM;
import static dev.drawbridge.history.blobs.Samples.add;
import static dev.drawbridge.history.blobs.Samples.block;
import static dev.drawbridge.history.blobs.Samples.id;
import static dev.drawbridge.history.blobs.Samples.named;
import static dev.drawbridge.history.blobs.Samples.version;
import static dev.drawbridge.history.blobs.Samples.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.drawbridge.history.BlockKey;
import dev.drawbridge.history.Version;
import dev.drawbridge.history.VersionId;
import dev.drawbridge.history.VersionStore;
import dev.drawbridge.history.VersionStore.Block;
import dev.drawbridge.history.VersionStore.Usage;
import dev.drawbridge.history.VersionStoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong with versions in blobs, shown with files. The numbers are those of the store's INVARIANTS. */
class BlobVersionStoreTest {
    @TempDir
    Path folder;

    private VersionStore store;

    @BeforeEach
    void open() {
        store = BlobVersionStore.inFiles(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private BlobVersionStore watched(WatchedBlobs.Watch watch) {
        return new BlobVersionStore(new WatchedBlobs(FileBlobs.open(folder), watch), Ticker.systemTicker());
    }

    private Path fileOf(String key) {
        return folder.resolve(key);
    }

    private static List<VersionId> listed(VersionStore store) {
        return store.versions(ROOM, Optional.empty(), 100).stream()
                .map(Version::id)
                .toList();
    }

    @Nested
    @DisplayName("[1] a process that dies")
    class Death {

        /** What is done when death comes: there are the versions 1, 2 and 3, the last one with two blocks. */
        enum Deed {
            ADD,
            UPDATE,
            REMOVE,
            REWRITE,
            REMOVE_BLOCK,
            REMOVE_ROOM;

            private void doneTo(VersionStore store) {
                switch (this) {
                    case ADD -> add(store, 4);
                    case UPDATE -> store.update(ROOM, named(2, "new"));
                    case REMOVE -> store.remove(ROOM, id(2));
                    case REWRITE -> {
                        store.putBlock(ROOM, Samples.from(2, 1), new byte[3]);
                        store.removeBlock(ROOM, whole(2));
                    }
                    case REMOVE_BLOCK -> store.removeBlock(ROOM, whole(3));
                    case REMOVE_ROOM -> store.removeRoom(ROOM);
                }
            }

            private Set<Integer> mayBeGone() {
                return switch (this) {
                    case REMOVE -> Set.of(2);
                    case REMOVE_ROOM -> Set.of(1, 2, 3);
                    case ADD, UPDATE, REWRITE, REMOVE_BLOCK -> Set.of();
                };
            }
        }

        @ParameterizedTest
        @EnumSource
        @DisplayName("before or after any write leaves no version without its block, and takes no other with it")
        void atAnyWrite(Deed deed) {
            boolean died = true;
            for (int after = 0; died; after++) {
                died = dies(deed, after, true);
                dies(deed, after, false);
            }
        }

        /** No when it is done before that. */
        private boolean dies(Deed deed, int after, boolean before) {
            String when = deed + (before ? " before write " : " after write ") + after;
            store.removeRoom(ROOM);
            add(store, 1);
            add(store, 2);
            add(store, 3);
            store.putBlock(ROOM, Samples.from(3, 1), new byte[2]);
            AtomicBoolean dead = new AtomicBoolean();
            try (VersionStore dying = watched(new Dying(after, before, dead))) {
                deed.doneTo(dying);
            } catch (VersionStoreException e) {
                assertThat(dead).as(when).isTrue();
            }
            List<VersionId> listed = listed(store);
            for (int number = 1; number <= 3; number++) {
                if (!deed.mayBeGone().contains(number)) {
                    assertThat(listed).as(when).contains(id(number));
                }
            }
            assertThat(store.ids(ROOM)).as(when).isEqualTo(listed.reversed());
            Set<VersionId> withBlock = new HashSet<>();
            for (Block block : store.blocks(ROOM)) {
                withBlock.add(block.key().version());
                assertThat(store.block(ROOM, block.key())).as(when).isPresent();
            }
            assertThat(withBlock).as(when).containsAll(listed);
            deed.doneTo(store); // repeated, it comes to its end
            assertThat(store.usage(ROOM).versions())
                    .as(when)
                    .isEqualTo(store.ids(ROOM).size());
            return dead.get();
        }

        /** Fails at one write, and at all that come later. */
        private static final class Dying implements WatchedBlobs.Watch {
            private final AtomicInteger left;
            private final boolean before;
            private final AtomicBoolean dead;

            private Dying(int after, boolean before, AtomicBoolean dead) {
                this.left = new AtomicInteger(after);
                this.before = before;
                this.dead = dead;
            }

            @Override
            public void before(String key) {
                if (dead.get() || (before && left.getAndDecrement() == 0)) {
                    die();
                }
            }

            @Override
            public void after(String key) {
                if (!before && left.getAndDecrement() == 0) {
                    die();
                }
            }

            private void die() {
                dead.set(true);
                throw new VersionStoreException("dead");
            }
        }

        @Test
        @DisplayName("with a description that lost its block to the removal of the room leaves nothing that is listed")
        void withoutBlock() throws Exception {
            add(store, 1);
            add(store, 2);
            Files.delete(fileOf(Keys.of(ROOM).block(whole(1))));

            assertThat(listed(store)).containsExactly(id(2));
            assertThat(store.ids(ROOM)).containsExactly(id(2));
            assertThat(store.version(ROOM, id(1))).isEmpty();
            assertThat(store.remove(ROOM, id(1))).isTrue();
        }
    }

    @Nested
    @DisplayName("[4] two that change a room at once:")
    class Together {

        @Test
        @DisplayName("a version that is added while the room is removed is there with its block")
        void addedWhileRemoved() {
            AtomicBoolean once = new AtomicBoolean();
            try (VersionStore slow = watched(key -> {
                if (key.endsWith(".json") && once.compareAndSet(false, true)) {
                    store.removeRoom(ROOM);
                }
            })) {
                add(slow, 1);
            }
            assertThat(once).isTrue();
            assertThat(listed(store)).containsExactly(id(1));
            assertThat(store.block(ROOM, whole(1))).contains(block(1));
        }

        @Test
        @DisplayName("a version that is added once more keeps the name that it was given meanwhile")
        void addedAgain() {
            add(store, 1);
            store.update(ROOM, named(1, "kept"));
            add(store, 1);
            assertThat(store.version(ROOM, id(1))).contains(named(1, "kept"));
        }

        @Test
        @DisplayName("another process that names versions all the time brings none back that is removed here")
        void otherProcess() throws Exception {
            int count = 60;
            for (int number = 0; number < count; number++) {
                add(store, number);
            }
            Process naming = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin/java").toString(),
                            "-Xmx64m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Naming.class.getName(),
                            folder.toString(),
                            Integer.toString(count))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try {
                Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> store.version(ROOM, id(count - 1))
                        .flatMap(Version::name)
                        .isPresent());
                for (int number = 0; number < count; number++) {
                    assertThat(store.remove(ROOM, id(number))).isTrue();
                    assertThat(store.version(ROOM, id(number))).isEmpty();
                }
                assertThat(naming.isAlive()).isTrue();
                naming.getOutputStream().close();
                assertThat(naming.onExit()).succeedsWithin(Duration.ofSeconds(60));
                assertThat(naming.exitValue()).isZero();
            } finally {
                naming.destroyForcibly().onExit().join();
            }
            assertThat(store.ids(ROOM)).isEmpty();
            assertThat(store.blocks(ROOM)).hasSize(count);
        }
    }

    /** Names versions, again and again, until its input ends. */
    static final class Naming {

        private Naming() {}

        public static void main(String[] arguments) throws IOException {
            int count = Integer.parseInt(arguments[1]);
            try (VersionStore store = BlobVersionStore.inFiles(Path.of(arguments[0]))) {
                AtomicBoolean ended = new AtomicBoolean();
                Thread.ofVirtual().start(() -> {
                    try {
                        ended.set(System.in.read() < 0);
                    } catch (IOException e) {
                        ended.set(true);
                    }
                });
                for (int round = 0; !ended.get(); round++) {
                    for (int number = 0; number < count; number++) {
                        store.update(ROOM, named(number, "round " + round));
                    }
                }
            }
        }
    }

    @Nested
    @DisplayName("[5] damage")
    class Damage {

        @ParameterizedTest
        @ValueSource(strings = {"", "{\"id\":", "[]", "{}", "\u0000\u0001", "of another"})
        @DisplayName("to a description fails when it is asked for, is left out of lists, and can be removed")
        void descriptions(String garbage) throws Exception {
            add(store, 1);
            add(store, 2);
            add(store, 3);
            byte[] instead =
                    garbage.equals("of another") ? Infos.encode(version(3)) : garbage.getBytes(StandardCharsets.UTF_8);
            Files.write(fileOf(Keys.of(ROOM).info(id(2))), instead);

            assertThatExceptionOfType(VersionStoreException.class)
                    .isThrownBy(() -> store.version(ROOM, id(2)))
                    .withMessageContaining("is damaged");
            assertThat(listed(store)).containsExactly(id(3), id(1));
            assertThat(store.versions(ROOM, Optional.of(id(3)), 1)).containsExactly(version(1));
            assertThat(store.remove(ROOM, id(2))).isTrue();
            assertThat(store.version(ROOM, id(2))).isEmpty();
            store.removeBlock(ROOM, whole(2));
            assertThat(store.blocks(ROOM)).hasSize(2);
        }

        @Test
        @DisplayName("to a block troubles no other; it can be removed, and put again")
        void blocks() throws Exception {
            add(store, 1);
            add(store, 2);
            Path file = fileOf(Keys.of(ROOM).block(whole(1)));
            Files.write(file, new byte[4]);

            assertThat(store.block(ROOM, whole(1))).contains(new byte[4]);
            assertThat(store.block(ROOM, whole(2))).contains(block(2));
            assertThat(listed(store)).hasSize(2);
            store.putBlock(ROOM, whole(1), block(1));
            assertThat(store.block(ROOM, whole(1))).contains(block(1));
            Files.delete(file);
            Files.createDirectory(file);
            assertThatExceptionOfType(VersionStoreException.class).isThrownBy(() -> store.block(ROOM, whole(1)));
            assertThat(listed(store)).containsExactly(id(2));
        }

        @Test
        @DisplayName("what somebody else has put there is nobody's")
        void foreign() throws Exception {
            add(store, 1);
            Path room = fileOf(Keys.of(ROOM).room());
            for (String name : List.of(".DS_Store", "x.json", "x.whole.block", id(2) + ".block", id(2) + ".x.block")) {
                Files.writeString(room.resolve(name), "x");
            }
            for (String name : List.of("UPPER", "zz", "6", "ff")) {
                Files.createDirectories(room.resolveSibling(name));
                Files.writeString(room.resolveSibling(name).resolve("x"), "x");
            }
            Files.writeString(room.resolveSibling("file"), "x");

            assertThat(store.rooms(Optional.empty(), 10)).containsExactly(ROOM);
            assertThat(store.rooms(Optional.empty(), 1)).containsExactly(ROOM);
            assertThat(store.ids(ROOM)).containsExactly(id(1));
            assertThat(store.usage(ROOM)).isEqualTo(new Usage(1, block(1).length));
            assertThat(store.usage()).isEqualTo(store.usage(ROOM));
            store.removeRoom(ROOM);
            assertThat(room).doesNotExist();
        }
    }

    @Nested
    @DisplayName("a folder that cannot be used")
    class Unusable {

        @Test
        @DisplayName("is named at the start")
        void atTheStart() throws Exception {
            Path file = Files.createFile(folder.resolve("a-file"));
            for (Path impossible : List.of(file, file.resolve("below"))) {
                assertThatExceptionOfType(VersionStoreException.class)
                        .isThrownBy(() -> BlobVersionStore.inFiles(impossible))
                        .withMessageStartingWith("the folder " + impossible + " cannot be used: ");
            }
        }

        @Test
        @DisplayName("later fails what is written, and works again when it can be")
        void later() throws Exception {
            Path versions = Files.createFile(folder.resolve("versions"));
            assertThatExceptionOfType(VersionStoreException.class)
                    .isThrownBy(() -> add(store, 1))
                    .withMessageStartingWith("versions in " + folder + " cannot be changed: ");
            assertThat(store.ids(ROOM)).isEmpty();
            assertThat(store.rooms(Optional.empty(), 10)).isEmpty();
            Files.delete(versions);
            add(store, 1);
            assertThat(store.ids(ROOM)).containsExactly(id(1));

            try (Stream<Path> workshops = Files.list(folder.resolve("tmp"))) {
                for (Path workshop : workshops.filter(Files::isDirectory).toList()) {
                    Files.delete(workshop);
                }
            }
            assertThatExceptionOfType(VersionStoreException.class).isThrownBy(store::ping);
        }
    }

    @Test
    @DisplayName(
            "[6] no two rooms share a folder on a file system that knows no capitals, and no name has a meaning there")
    void folders() {
        List<String> ids = List.of(
                "room",
                "ROOM",
                "Room",
                "CON",
                "nul",
                "..",
                "a/b",
                "a\\b",
                "é",
                "e\u0301",
                "\ud83e",
                "\udd8a",
                "",
                "x".repeat(100),
                "x".repeat(101),
                "X".repeat(101),
                "x".repeat(5_000));
        assertThat(ids.stream().map(id -> RoomFolder.of(id).name()))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("([0-9a-f]{2})+|([0-9a-f]{136})?~[0-9a-f]{64}"));
        assertThat(ids.stream().filter(id -> RoomFolder.of(id).whole()))
                .allSatisfy(id ->
                        assertThat(RoomFolder.idOf(RoomFolder.of(id).name())).contains(id));
    }

    static List<String> unnameable() {
        return List.of("\ud83e" + "long".repeat(500), "");
    }

    @ParameterizedTest
    @MethodSource("unnameable")
    @DisplayName("[6] the id of a room that is too long for a name goes with the last that is kept of it")
    void longId(String room) {
        BlockKey key = whole(1);
        store.add(room, version(1), key, block(1));
        assertThat(store.rooms(Optional.empty(), 10)).containsExactly(room);
        store.remove(room, id(1));
        assertThat(store.rooms(Optional.empty(), 10)).containsExactly(room);
        store.removeBlock(room, key);
        assertThat(store.rooms(Optional.empty(), 10)).isEmpty();
        assertThat(folder.resolve("versions")).isEmptyDirectory();
    }

    @Test
    @DisplayName("what all rooms take is counted again after some minutes, and nobody waits for it")
    void usage() {
        AtomicLong nanos = new AtomicLong();
        try (VersionStore counting = new BlobVersionStore(FileBlobs.open(folder), nanos::get)) {
            assertThat(counting.usage()).isEqualTo(new Usage(0, 0));
            add(store, 1);
            nanos.addAndGet(Duration.ofMinutes(4).toNanos());
            assertThat(counting.usage()).isEqualTo(new Usage(0, 0));
            nanos.addAndGet(Duration.ofMinutes(2).toNanos());
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> counting.usage()
                    .equals(new Usage(1, block(1).length)));
        }
    }

    @Test
    @DisplayName("may share the folder with assets: what is written at the moment is no version, and does not stay")
    void nothingStays() throws Exception {
        add(store, 1);
        store.close();
        try (Stream<Path> all = Files.list(folder.resolve("tmp"))) {
            assertThat(all).isEmpty();
        }
        store = BlobVersionStore.inFiles(folder);
    }
}
