package dev.drawbridge.store.sqlite;

import static dev.drawbridge.store.StoredRooms.change;
import static dev.drawbridge.store.StoredRooms.get;
import static dev.drawbridge.store.StoredRooms.opened;
import static dev.drawbridge.store.StoredRooms.record;
import static dev.drawbridge.store.sqlite.SqliteFixture.execute;
import static dev.drawbridge.store.sqlite.SqliteFixture.open;
import static dev.drawbridge.store.sqlite.SqliteFixture.withRooms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.drawbridge.store.CommitResult;
import dev.drawbridge.store.OpenedRoom;
import dev.drawbridge.store.Ownership;
import dev.drawbridge.store.RoomStore;
import dev.drawbridge.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file is replaced by a backup of itself. */
class RestoreWatchTest {
    @TempDir
    private Path folder;

    private Path path;
    private Path backup;

    @BeforeEach
    void storeAndBackUp() throws IOException {
        path = withRooms(folder.resolve("rooms.db"), "one", "two");
        backup = Files.copy(path, folder.resolve("backup.db"));
    }

    private boolean mayHaveLost(RoomStore store, String room) {
        return opened(store.open(room)).mayHaveLostCommits();
    }

    private static void commit(RoomStore store, String room, int clock) {
        Ownership owner = opened(store.open(room)).ownership();
        assertThat(get(store.commit(room, owner, change(clock, record("a", clock)))))
                .isEqualTo(new CommitResult.Committed());
    }

    /** What a {@code kill -9} at this instant leaves on the disk, in a folder of its own. */
    private Path killed() throws IOException {
        Path left = Files.createTempDirectory(folder, "killed-");
        for (String suffix : List.of("", "-wal", ".lock")) {
            Files.copy(folder.resolve("rooms.db" + suffix), left.resolve("rooms.db" + suffix));
        }
        return left.resolve("rooms.db");
    }

    /** As docs/stores.md tells to. */
    private static void restore(Path copy, Path over) throws IOException {
        Files.copy(copy, over, StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(over.resolveSibling("rooms.db-wal"));
        Files.deleteIfExists(over.resolveSibling("rooms.db-shm"));
    }

    private static Path lockOf(Path database) {
        return database.resolveSibling("rooms.db.lock");
    }

    /** The operating system was started anew meanwhile. */
    private static void powerCut(Path database) throws IOException {
        String mark = Files.readString(lockOf(database));
        assumeThat(BootId.present()).isNotEmpty();
        assertThat(mark).contains(BootId.present());
        Files.writeString(lockOf(database), mark.replace(BootId.present(), "another-boot"));
    }

    @Test
    @DisplayName("A restart is no reason for doubt")
    void restart() {
        for (int i = 0; i < 3; i++) {
            try (RoomStore store = open(path)) {
                assertThat(mayHaveLost(store, "one")).isFalse();
                commit(store, "one", 2 + i);
            }
        }
    }

    @Test
    @DisplayName("Nor is a restart after a kill -9, nor one of the whole machine after a proper stop")
    void crash() throws IOException {
        Path left;
        try (RoomStore store = open(path)) {
            commit(store, "one", 2);
            left = killed();
        }
        try (RoomStore store = open(left)) {
            assertThat(mayHaveLost(store, "one")).isFalse();
        }
        powerCut(path);
        try (RoomStore store = open(path)) {
            assertThat(mayHaveLost(store, "one")).isFalse();
        }
    }

    @Test
    @DisplayName("A backup of the same run that is put back after a kill -9 is noticed, were it one commit too old")
    void sameRun() throws IOException {
        Path hot = folder.resolve("hot.db");
        Path left;
        try (RoomStore store = open(path)) {
            commit(store, "one", 2);
            execute(path, "VACUUM INTO '" + hot + "'");
            Ownership owner = opened(store.open("one")).ownership();
            get(store.commit("one", owner, change(3, record("a", 3))));
            left = killed();
        }
        restore(hot, left);

        try (RoomStore store = open(left)) {
            assertThat(mayHaveLost(store, "one")).isTrue();
            assertThat(mayHaveLost(store, "two")).isTrue();
        }
    }

    @Test
    @DisplayName("After a power cut, what was said beside the file without a sync is not trusted: all counts as lost")
    void afterPowerCut() throws IOException {
        Path left;
        try (RoomStore store = open(path)) {
            commit(store, "one", 2);
            left = killed();
        }
        powerCut(left);

        try (RoomStore store = open(left)) {
            assertThat(mayHaveLost(store, "one")).isTrue();
        }
        try (RoomStore store = open(left)) {
            assertThat(mayHaveLost(store, "two")).isTrue(); // until somebody commits to it
        }
    }

    @Test
    @DisplayName("A room that is deleted while it is in doubt leaves behind more than it had: clients have seen more")
    void deletedInDoubt() throws IOException {
        withRooms(path, "three");
        restore(backup, path);

        try (RoomStore store = open(path)) {
            get(store.delete("one"));
            assertThat(opened(store.open("one")).clockFloor()).isEqualTo(1 + (1 << 20));
        }
    }

    @Test
    @DisplayName("The same backup put back twice is noticed twice")
    void twice() throws IOException {
        withRooms(path, "three");
        for (int i = 0; i < 2; i++) {
            restore(backup, path);
            try (RoomStore store = open(path)) {
                assertThat(mayHaveLost(store, "one")).isTrue();
                commit(store, "one", 2);
                assertThat(mayHaveLost(store, "one")).isFalse();
            }
        }
    }

    @Test
    @DisplayName("The file that had been put aside for a backup, put back again, is noticed too")
    void otherBranch() throws IOException {
        Path aside = Files.copy(path, folder.resolve("aside.db"));
        restore(backup, path);
        try (RoomStore store = open(path)) {
            commit(store, "one", 2);
        }
        restore(aside, path);

        try (RoomStore store = open(path)) {
            assertThat(mayHaveLost(store, "one")).isTrue();
        }
    }

    @Test
    @DisplayName("A volume that is put back as a whole is not noticed by itself: without the lock file it is")
    void wholeVolume() throws IOException {
        Path lockBackup = Files.copy(lockOf(path), folder.resolve("backup.lock"));
        withRooms(path, "three");
        restore(backup, path);
        Files.copy(lockBackup, lockOf(path), StandardCopyOption.REPLACE_EXISTING);
        try (RoomStore store = open(path)) {
            assertThat(mayHaveLost(store, "one")).isFalse();
        }

        restore(backup, path);
        Files.delete(lockOf(path));
        try (RoomStore store = open(path)) {
            assertThat(mayHaveLost(store, "one")).isTrue();
        }
    }

    @Test
    @DisplayName("A lock file that says nothing that can be read is as good as none")
    void unreadable() throws IOException {
        Files.writeString(lockOf(path), "?".repeat(2_000));

        try (RoomStore store = open(path)) {
            assertThat(mayHaveLost(store, "one")).isTrue();
        }
    }

    @Nested
    @DisplayName("Beside the database")
    class Beside {
        private final Written written = new Written();

        /** The disk is full now and then. */
        private static final class Written implements MarkFile {
            private String text = "";
            private int writes;
            private int syncs;
            private boolean full;

            @Override
            public String read() {
                return text;
            }

            @Override
            public void write(String next, boolean synced) throws IOException {
                if (full) {
                    throw new IOException("No space left on device");
                }
                text = next;
                writes++;
                syncs += synced ? 1 : 0;
            }
        }

        @Test
        @DisplayName("a thousand transactions cost one sync")
        void syncs() throws SQLException {
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path)) {
                execute(path, "UPDATE store SET mark = ''");
                RestoreWatch watch = new RestoreWatch(path, written, "boot");
                watch.start(connection);
                assertThat(written.syncs).isEqualTo(1);
                for (int i = 0; i < 3 * RestoreWatch.RESERVED_AT_ONCE; i++) {
                    watch.count(connection);
                    watch.committed();
                }
                assertThat(written.syncs).isEqualTo(3);
                assertThat(written.writes).isLessThanOrEqualTo(3 * RestoreWatch.RESERVED_AT_ONCE + 3);
            }
        }

        @Test
        @DisplayName("a full disk fails the transaction whose number cannot be reserved, until there is room again")
        void cannotReserve() throws SQLException {
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path)) {
                RestoreWatch watch = new RestoreWatch(path, written, "boot");
                watch.start(connection);
                execute(path, "UPDATE store SET sequence = sequence + 1000");
                written.full = true;

                assertThatThrownBy(() -> watch.count(connection))
                        .isInstanceOf(StoreException.class)
                        .hasMessageContainingAll("lock file", path.toString(), "No space left");
                written.full = false;
                watch.count(connection);
                watch.committed();
            }
        }

        @Test
        @DisplayName("what could not be written after a commit is written before the next, or that one fails")
        void behind() throws SQLException {
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path)) {
                RestoreWatch watch = new RestoreWatch(path, written, "boot");
                watch.start(connection);
                watch.count(connection);
                written.full = true;
                watch.committed();
                String before = written.text;

                assertThatThrownBy(() -> watch.count(connection)).isInstanceOf(StoreException.class);
                written.full = false;
                watch.count(connection);

                assertThat(Mark.read(written.text).orElseThrow().stored())
                        .isEqualTo(Mark.read(before).orElseThrow().stored() + 1);
            }
        }

        @Test
        @DisplayName("the text has always the same length")
        void length() {
            assertThat(new Mark("", 0, 0, "").text())
                    .hasSameSizeAs(new Mark("x".repeat(36), Long.MAX_VALUE, Long.MAX_VALUE, "y".repeat(36)).text());
        }
    }

    @Test
    @DisplayName("When a backup was put back, every room may have lost commits, until somebody commits to it")
    void restored() throws IOException {
        withRooms(path, "three");
        Files.copy(backup, path, StandardCopyOption.REPLACE_EXISTING);

        try (RoomStore store = open(path)) {
            assertThat(mayHaveLost(store, "one")).isTrue();
            assertThat(mayHaveLost(store, "two")).isTrue();
            OpenedRoom again = opened(store.open("one"));
            assertThat(again.mayHaveLostCommits()).isTrue();
            get(store.commit("one", again.ownership(), change(2, record("a", 2))));
            assertThat(mayHaveLost(store, "one")).isFalse();
        }
        try (RoomStore store = open(path)) {
            assertThat(mayHaveLost(store, "one")).isFalse();
            assertThat(mayHaveLost(store, "two")).isTrue();
        }
    }

    @Test
    @DisplayName("A backup that was taken while the server ran is noticed too")
    void hotBackup() throws IOException {
        Path hot = folder.resolve("hot.db");
        try (RoomStore store = open(path)) {
            execute(path, "VACUUM INTO '" + hot + "'");
            assertThat(mayHaveLost(store, "one")).isFalse();
        }
        Files.copy(hot, path, StandardCopyOption.REPLACE_EXISTING);

        try (RoomStore store = open(path)) {
            assertThat(mayHaveLost(store, "one")).isTrue();
        }
    }

    @Test
    @DisplayName("A file that comes without its lock file, as to a new machine, is in doubt")
    void moved() throws IOException {
        Files.delete(folder.resolve("rooms.db.lock"));

        try (RoomStore store = open(path)) {
            assertThat(mayHaveLost(store, "one")).isTrue();
        }
    }
}
