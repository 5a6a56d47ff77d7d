package dev.drawbridge.store.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * Those who read: beside the writer, each in a transaction of its own. What is large has a lane of its own, one at a time:
 * small rooms do not wait for it, and no two large ones are in the making at once.
 */
final class Readers implements AutoCloseable {
    /** Reading so much takes a few tens of milliseconds. */
    static final long LARGE = 4L << 20;

    private static final int THREADS = 2;

    private final SqliteFile file;
    private final ExecutorService threads = threads(THREADS, "sqlite-reader-");
    private final ExecutorService large = threads(1, "sqlite-reader-of-large-");

    Readers(SqliteFile file) {
        this.file = file;
    }

    private static ExecutorService threads(int number, String name) {
        return Executors.newFixedThreadPool(
                number, Thread.ofPlatform().name(name, 0).factory());
    }

    @FunctionalInterface
    interface Read<T> {
        T run(SqliteRoomReader rooms) throws SQLException;
    }

    <T> CompletionStage<T> submit(Read<T> read) {
        return submit(0, read);
    }

    /** @param bytes how much there is to read, about */
    <T> CompletionStage<T> submit(long bytes, Read<T> read) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            (bytes < LARGE ? threads : large).execute(() -> run(read, result));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new IllegalStateException("the store is closed", e));
        }
        return result;
    }

    private <T> void run(Read<T> read, CompletableFuture<T> result) {
        try (Connection connection = file.connectToRead()) {
            result.complete(read.run(new SqliteRoomReader(connection, file.generation())));
        } catch (SQLException e) {
            result.completeExceptionally(SqliteFault.explain(file.path(), e));
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }

    /** Ends what is being read. */
    @Override
    public void close() {
        threads.close();
        large.close();
    }
}
