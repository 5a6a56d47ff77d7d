package dev.drawbridge.store.sqlite;

import static dev.drawbridge.store.StoredRooms.change;
import static dev.drawbridge.store.StoredRooms.get;
import static dev.drawbridge.store.StoredRooms.opened;
import static dev.drawbridge.store.StoredRooms.record;
import static dev.drawbridge.store.sqlite.SqliteFixture.execute;
import static dev.drawbridge.store.sqlite.SqliteFixture.open;
import static dev.drawbridge.store.sqlite.SqliteFixture.query;
import static dev.drawbridge.store.sqlite.SqliteFixture.storeRoom;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.store.CommitResult;
import dev.drawbridge.store.Compaction;
import dev.drawbridge.store.Ownership;
import dev.drawbridge.store.RoomStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteCommitListener;
import org.sqlite.SQLiteConnection;

@DisplayName("The space of deleted rooms")
class FreeSpaceTest {
    private static final int MB = 1 << 20;

    @TempDir
    private Path folder;

    private static void storeLarge(RoomStore store, String room) {
        Ownership owner = opened(store.open(room)).ownership();
        for (int clock = 1; clock <= 12; clock++) {
            get(store.commit(room, owner, change(clock, record("r" + clock, clock, "x".repeat(MB)))));
        }
    }

    @Test
    @DisplayName("is given back to the disk, the write-ahead log too, while rooms commit")
    void givenBack() throws IOException {
        Path path = folder.resolve("rooms.db");
        try (SqliteRoomStore store = open(path)) {
            Ownership owner = storeRoom(store, "small");
            storeLarge(store, "large");
            storeRoom(store, "behind it");
            get(store.delete("large"));
            CompletableFuture<Compaction> compaction = store.compact().toCompletableFuture();
            List<CompletionStage<CommitResult>> commits = new ArrayList<>();
            for (int clock = 2; !compaction.isDone(); clock++) {
                commits.add(store.commit("small", owner, change(clock, record("a", clock))));
                get(commits.getLast());
            }

            assertThat(get(compaction)).isInstanceOfSatisfying(Compaction.Done.class, done -> {
                assertThat(done.bytesBefore()).isGreaterThan(12L * MB);
                assertThat(done.bytesAfter()).isLessThan(6L * MB);
            });
            get(store.compact());
            assertThat(Files.size(path)).isLessThan(MB);
            assertThat(Files.size(folder.resolve("rooms.db-wal"))).isZero();
            assertThat(commits).allSatisfy(commit -> assertThat(get(commit)).isEqualTo(new CommitResult.Committed()));
            assertThat(opened(store.open("small")).snapshot()).isPresent();
            assertThat(opened(store.open("behind it")).snapshot()).isPresent();
        }
        assertThat(query(path, "PRAGMA integrity_check")).isEqualTo("ok");
    }

    @Test
    @DisplayName("is given back in a few transactions, each of some megabytes: every one of them is a sync of the disk")
    void inFewSteps() {
        try (SqliteRoomStore store = open(folder.resolve("rooms.db"))) {
            storeLarge(store, "large");
            get(store.delete("large"));
            AtomicInteger transactions = new AtomicInteger();
            SQLiteCommitListener counting = new CommitCounter(transactions);
            get(store.writer().submit((rooms, connection) -> {
                connection.unwrap(SQLiteConnection.class).addCommitListener(counting);
                return true;
            }));

            get(store.compact());

            assertThat(transactions.get()).isBetween(12 / 2, 12); // of 2 MB each
        }
    }

    private record CommitCounter(AtomicInteger commits) implements SQLiteCommitListener {
        @Override
        public void onCommit() {
            commits.incrementAndGet();
        }

        @Override
        public void onRollback() {}
    }

    @Test
    @DisplayName("in a file that was made without provision for it, is not; the answer says what to do, and that works")
    void oldFile() throws IOException {
        Path path = folder.resolve("rooms.db");
        open(path).close();
        execute(path, "PRAGMA journal_mode = DELETE", "PRAGMA auto_vacuum = NONE", "VACUUM");
        try (SqliteRoomStore store = open(path)) {
            assertThat(get(store.compact()))
                    .isInstanceOfSatisfying(Compaction.NotHere.class, not -> assertThat(not.why())
                            .contains("PRAGMA auto_vacuum = INCREMENTAL; VACUUM"));
        }
        execute(path, "PRAGMA auto_vacuum = INCREMENTAL", "VACUUM");

        try (SqliteRoomStore store = open(path)) {
            storeLarge(store, "large");
            get(store.delete("large"));
            get(store.compact());
            assertThat(Files.size(path)).isLessThan(MB);
        }
    }
}
