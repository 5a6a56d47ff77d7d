package dev.drawbridge.store.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** Those who read: beside the writer, each in a transaction of its own. */
final class Readers implements AutoCloseable {
    private static final int THREADS = 2;

    private final SqliteFile file;
    private final ExecutorService threads = Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().name("sqlite-reader-", 0).factory());

    Readers(SqliteFile file) {
        this.file = file;
    }

    @FunctionalInterface
    interface Read<T> {
        T run(RoomReader rooms) throws SQLException;
    }

    <T> CompletionStage<T> submit(Read<T> read) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            threads.execute(() -> run(read, result));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new IllegalStateException("the store is closed", e));
        }
        return result;
    }

    private <T> void run(Read<T> read, CompletableFuture<T> result) {
        try (Connection connection = file.connectToRead()) {
            result.complete(read.run(new RoomReader(connection, file.generation())));
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
    }
}
