package dev.drawbridge.store.sqlite;

import static dev.drawbridge.store.StoredRooms.change;
import static dev.drawbridge.store.StoredRooms.documents;
import static dev.drawbridge.store.StoredRooms.failureOf;
import static dev.drawbridge.store.StoredRooms.get;
import static dev.drawbridge.store.StoredRooms.opened;
import static dev.drawbridge.store.StoredRooms.record;
import static dev.drawbridge.store.sqlite.SqliteFixture.execute;
import static dev.drawbridge.store.sqlite.SqliteFixture.open;
import static dev.drawbridge.store.sqlite.SqliteFixture.query;
import static dev.drawbridge.store.sqlite.SqliteFixture.storeRoom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.store.CommitResult;
import dev.drawbridge.store.Opening;
import dev.drawbridge.store.Ownership;
import dev.drawbridge.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
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
            "is not held up by somebody who is told of a room's end and does not come back, nor is who was stored with it")
    void slowCallback() {
        Ownership owner = storeRoom(store, "room");
        occupy();
        CountDownLatch never = new CountDownLatch(1);
        store.release("room", owner).thenAccept(done -> waitFor(never));
        CompletionStage<Opening> inTheSameGroup = store.open("other");
        goOn.countDown();
        try {
            assertThat(opened(inTheSameGroup).snapshot()).isEmpty();
            assertThat(opened(store.open("another")).snapshot()).isEmpty();
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

        assertThat(opened(store.open("room")).snapshot()).isEmpty();
        get(store.ping());
    }

    @Test
    @DisplayName("whose thread is dead answers whoever asks, and does not look alive")
    void dead() throws Exception {
        store.close();
        try (SqliteFile file = SqliteFile.open(path, SqliteLayout.CURRENT)) {
            GroupCommit dead = new GroupCommit(file, RoomWriter::new, Duration.ofSeconds(5), work -> Thread.ofPlatform()
                    .unstarted(() -> {}));
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
            all.add(store.writer().commit(8L << 20, (rooms, connection) -> {
                rooms.touch();
                return sequences.add(Long.parseLong(query(connection, "SELECT sequence FROM store")));
            }));
        }
        goOn.countDown();
        all.forEach(one -> get(one));

        assertThat(sequences.stream().distinct()).hasSize(3);
        assertThat(get(store.commit("room", owner, change(2)))).isEqualTo(new CommitResult.Committed());
    }

    private static StoredRecord[] many(long clock) {
        return IntStream.range(0, 5_000)
                .mapToObj(i -> record("shape:" + i, clock))
                .toArray(StoredRecord[]::new);
    }

    private String inJournal() {
        return get(store.writer().submit((rooms, connection) -> query(connection, "SELECT count(*) FROM journal")));
    }

    @Test
    @DisplayName("makes rows of a large change in pieces, and what others write comes between any two of them")
    void pieces() {
        Ownership owner = storeRoom(store, "room");
        List<String> left = new ArrayList<>();
        occupy();
        CompletionStage<CommitResult> large = store.commit("room", owner, change(2, many(2)));
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        writeAndWriteAgain(left, done);
        goOn.countDown();
        get(large);
        get(done);

        assertThat(left).containsExactly("5", "4", "3", "2", "1", "0");
        assertThat(documents(opened(store.open("room")).snapshot().orElseThrow()))
                .hasSize(5_002);
    }

    /** Each is there before the writer looks for the next thing to do. */
    private void writeAndWriteAgain(List<String> left, CompletableFuture<Boolean> done) {
        store.writer().submit((rooms, connection) -> {
            left.add(query(connection, "SELECT count(*) FROM journal"));
            if (left.getLast().equals("0")) {
                done.complete(true);
            } else {
                writeAndWriteAgain(left, done);
            }
            return true;
        });
    }

    @Test
    @DisplayName("makes rows of what is journalled when nobody writes, and of what it finds when it starts")
    void background() throws IOException {
        Ownership owner = storeRoom(store, "room");
        execute(path, NO_ROWS);
        get(store.commit("room", owner, change(2, many(2))));
        assertThat(inJournal()).isEqualTo("5");
        store.close();
        assertThat(query(path, "SELECT count(*) FROM journal")).isEqualTo("5");
        execute(path, "DROP TRIGGER no_rows");

        store = open(path);
        await().until(() -> inJournal().equals("0"));

        assertThat(query(path, "SELECT count(*) FROM document")).isEqualTo("5002");
        assertThat(documents(opened(store.open("room")).snapshot().orElseThrow()))
                .hasSize(5_002);
    }

    private static final String NO_ROWS = "CREATE TRIGGER no_rows BEFORE INSERT ON document WHEN NEW.id = 'shape:0'"
            + " BEGIN SELECT RAISE(ABORT, 'for a test'); END";

    @Test
    @DisplayName("goes on committing when no rows can be made of a journal, and other rooms' journals are served")
    void setAside() {
        Ownership owner = storeRoom(store, "room");
        Ownership other = storeRoom(store, "other");
        execute(path, NO_ROWS);
        get(store.commit("room", owner, change(2, many(2))));
        get(store.commit("room", owner, change(3, record("a", 3))));
        execute(path, "DROP TRIGGER no_rows");
        get(store.commit("other", other, change(2, many(2))));

        await().until(() -> inJournal().equals("6"));

        assertThat(store.writer().hasFailed()).isFalse();
        get(store.ping());
        assertThat(documents(opened(store.open("room")).snapshot().orElseThrow()))
                .hasSize(5_002);
    }

    @Test
    @DisplayName("keeps what is journalled while the disk is full, and makes rows of it when there is room again")
    void fullWhileSpreading() throws Exception {
        store.close();
        try (SqliteFile file = SqliteFile.open(path, SqliteLayout.CURRENT);
                GroupCommit writer = new GroupCommit(
                        file,
                        RoomWriter::new,
                        Duration.ofMillis(200),
                        Thread.ofPlatform().factory())) {
            Ownership owner = get(writer.submit(
                    (rooms, connection) -> rooms.takeOver("room", "token", 0).owner()));
            get(writer.submit((rooms, connection) -> {
                rooms.commit("room", owner, change(1, many(1)), 0);
                return query(connection, "PRAGMA max_page_count = 1"); // no fewer than there are, and no more
            }));
            get(writer.probe());
            assertThat(query(path, "SELECT count(*) FROM journal")).isEqualTo("5");
            assertThat(writer.trouble()).isEmpty();
            assertThat(writer.hasFailed()).isFalse();

            get(writer.submit((rooms, connection) -> query(connection, "PRAGMA max_page_count = 100000")));
            await().until(() -> query(path, "SELECT count(*) FROM journal").equals("0"));
            assertThat(query(path, "SELECT count(*) FROM document")).isEqualTo("5000");
        }
    }

    @Test
    @DisplayName("empties the write-ahead log when it has nothing to do")
    void idle() throws Exception {
        store.close();
        Path log = folder.resolve("rooms.db-wal");
        try (SqliteFile file = SqliteFile.open(path, SqliteLayout.CURRENT);
                GroupCommit writer = new GroupCommit(
                        file,
                        RoomWriter::new,
                        Duration.ofMillis(300),
                        Thread.ofPlatform().factory())) {
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
        assertThat(opened(store.open("x".repeat(500) + 499)).snapshot()).isEmpty();
    }

    private void limitPages(String pages) {
        get(store.writer().submit((rooms, connection) -> query(connection, "PRAGMA max_page_count = " + pages)));
    }
}
