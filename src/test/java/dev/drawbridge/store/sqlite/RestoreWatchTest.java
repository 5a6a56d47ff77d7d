package dev.drawbridge.store.sqlite;

import static dev.drawbridge.store.StoredRooms.change;
import static dev.drawbridge.store.StoredRooms.get;
import static dev.drawbridge.store.StoredRooms.record;
import static dev.drawbridge.store.sqlite.SqliteFixture.execute;
import static dev.drawbridge.store.sqlite.SqliteFixture.open;
import static dev.drawbridge.store.sqlite.SqliteFixture.withRooms;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.store.OpenedRoom;
import dev.drawbridge.store.RoomStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
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
        return get(store.open(room)).mayHaveLostCommits();
    }

    @Test
    @DisplayName("A restart is no reason for doubt, nor is a restart after a crash")
    void restart() {
        for (int i = 0; i < 3; i++) {
            try (RoomStore store = open(path)) {
                assertThat(mayHaveLost(store, "one")).isFalse();
            }
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
            OpenedRoom again = get(store.open("one"));
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
