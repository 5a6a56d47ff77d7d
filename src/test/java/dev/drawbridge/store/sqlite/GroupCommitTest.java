package dev.drawbridge.store.sqlite;

import static dev.drawbridge.store.StoredRooms.change;
import static dev.drawbridge.store.StoredRooms.failureOf;
import static dev.drawbridge.store.StoredRooms.get;
import static dev.drawbridge.store.StoredRooms.record;
import static dev.drawbridge.store.sqlite.SqliteFixture.open;
import static dev.drawbridge.store.sqlite.SqliteFixture.query;
import static dev.drawbridge.store.sqlite.SqliteFixture.storeRoom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.store.CommitResult;
import dev.drawbridge.store.OpenedRoom;
import dev.drawbridge.store.Ownership;
import dev.drawbridge.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The one writer")
class GroupCommitTest {
    @TempDir
    private Path folder;

    private Path path;
    private SqliteRoomStore store;
    private final CountDownLatch goOn = new CountDownLatch(1);

    @BeforeEach
    void openStore() {
        path = folder.resolve("rooms.db");
        store = open(path);
    }

    @AfterEach
    void close() {
        goOn.countDown();
        store.close();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The writer is busy from here on, until it may go on. */
    private CompletionStage<Boolean> occupy() {
        CountDownLatch begun = new CountDownLatch(1);
        CompletionStage<Boolean> busy = store.writer().submit((rooms, connection) -> {
            begun.countDown();
            waitFor(goOn);
            return true;
        });
        waitFor(begun);
        return busy;
    }

    @Test
    @DisplayName(
            "is not held up by somebody who is told of a commit and does not come back, nor is who was stored with it")
    void slowCallback() {
        Ownership owner = storeRoom(store, "room");
        occupy();
        CountDownLatch never = new CountDownLatch(1);
        store.commit("room", owner, change(2, record("a", 2))).thenAccept(done -> waitFor(never));
        CompletionStage<OpenedRoom> inTheSameGroup = store.open("other");
        goOn.countDown();
        try {
            assertThat(get(inTheSameGroup).snapshot()).isEmpty();
            assertThat(get(store.open("another")).snapshot()).isEmpty();
            get(store.ping());
        } finally {
            never.countDown();
        }
    }

    @Test
    @DisplayName("goes on when somebody who is told of a commit fails, and tells the others of it")
    void failingCallback() {
        Ownership owner = storeRoom(store, "room");
        occupy();
        CompletionStage<CommitResult> first = store.commit("room", owner, change(2, record("a", 2)));
        CompletionStage<Object> failing = first.thenApply(done -> {
            throw new StackOverflowError("for a test");
        });
        CompletionStage<?> other = store.open("other");
        goOn.countDown();

        assertThat(failureOf(failing)).isInstanceOf(StackOverflowError.class);
        get(other);
        assertThat(get(store.commit("room", owner, change(3, record("a", 3))))).isEqualTo(new CommitResult.Committed());
    }

    @Test
    @DisplayName("answers a write that ends in an error, and those that were in its group are done")
    void error() {
        Ownership owner = storeRoom(store, "room");
        occupy();
        CompletionStage<?> bad = store.writer().submit((rooms, connection) -> {
            throw new OutOfMemoryError("for a test");
        });
        CompletionStage<CommitResult> good = store.commit("room", owner, change(2, record("a", 2)));
        goOn.countDown();

        assertThat(failureOf(bad)).isInstanceOf(OutOfMemoryError.class);
        assertThat(get(good)).isEqualTo(new CommitResult.Committed());
        get(store.ping());
    }

    @Test
    @DisplayName("goes on when its thread is interrupted")
    void interrupted() {
        AtomicReference<Thread> writer = new AtomicReference<>();
        get(store.writer().submit((rooms, connection) -> {
            writer.set(Thread.currentThread());
            return true;
        }));
        writer.get().interrupt();

        assertThat(get(store.open("room")).snapshot()).isEmpty();
        get(store.ping());
    }

    @Test
    @DisplayName("whose thread is dead answers whoever asks, and does not look alive")
    void dead() throws Exception {
        store.close();
        try (SqliteFile file = SqliteFile.open(path, SqliteLayout.CURRENT)) {
            GroupCommit dead = new GroupCommit(
                    file, Duration.ofSeconds(5), work -> Thread.ofPlatform().unstarted(() -> {}));
            await().until(() -> dead.trouble().isPresent());

            assertThat(failureOf(dead.submit((rooms, connection) -> true)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("has ended");
            try (Pulse pulse = new Pulse(file, dead)) {
                assertThat(failureOf(pulse.feel())).hasMessageContaining("has ended");
            }
            dead.close();
        }
    }

    @Test
    @DisplayName("puts no more into one transaction once it has 16 MB, so that others need not wait for all of it")
    void bytes() {
        Ownership owner = storeRoom(store, "room");
        occupy();
        List<Long> sequences = new ArrayList<>();
        List<CompletionStage<?>> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            all.add(store.writer().submit(8L << 20, (rooms, connection) -> {
                rooms.touch();
                return sequences.add(Long.parseLong(query(connection, "SELECT sequence FROM store")));
            }));
        }
        goOn.countDown();
        all.forEach(one -> get(one));

        assertThat(sequences.stream().distinct()).hasSize(3);
        assertThat(get(store.commit("room", owner, change(2)))).isEqualTo(new CommitResult.Committed());
    }

    @Test
    @DisplayName("empties the write-ahead log when it has nothing to do")
    void idle() throws Exception {
        store.close();
        Path log = folder.resolve("rooms.db-wal");
        try (SqliteFile file = SqliteFile.open(path, SqliteLayout.CURRENT);
                GroupCommit writer = new GroupCommit(
                        file, Duration.ofMillis(300), Thread.ofPlatform().factory())) {
            for (int i = 0; i < 2; i++) {
                get(writer.probe());
                await().atMost(Duration.ofSeconds(20)).until(() -> Files.size(log) == 0);
            }
        }
    }

    @Test
    @DisplayName("is asked for a small write by health after one has failed, and health follows what becomes of it")
    void probe() {
        Ownership owner = storeRoom(store, "room");
        limitPages(query(path, "PRAGMA page_count"));
        assertThat(failureOf(store.commit("room", owner, change(2, record("large", 2, "y".repeat(1_000_000))))))
                .hasMessageContaining("is full");
        assertThat(store.writer().hasFailed()).isTrue();

        get(store.ping()); // a small write finds room in the pages that are there

        assertThat(store.writer().hasFailed()).isFalse();
    }

    @Test
    @DisplayName("on a full disk refuses new rooms and takes them when there is room again")
    void full() throws IOException {
        storeRoom(store, "room");
        limitPages(query(path, "PRAGMA page_count"));
        List<Throwable> failures = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            String room = "x".repeat(500) + i;
            get(store.open(room).handle((opened, error) -> error == null || failures.add(error)));
        }
        assertThat(failures).isNotEmpty().allSatisfy(error -> assertThat(error).hasMessageContaining("is full"));

        limitPages("100000");
        get(store.ping());
        assertThat(get(store.open("x".repeat(500) + 499)).snapshot()).isEmpty();
    }

    private void limitPages(String pages) {
        get(store.writer().submit((rooms, connection) -> query(connection, "PRAGMA max_page_count = " + pages)));
    }
}
