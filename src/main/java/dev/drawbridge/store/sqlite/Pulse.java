package dev.drawbridge.store.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the file can be read and written, without waiting behind those who read and write it: it has a thread of
 * its own to read, and looks at the writer from outside. Only when the last write has failed it asks for one, small as it
 * is, to learn whether the disk is well again.
 */
final class Pulse implements AutoCloseable {
    private final SqliteFile file;
    private final GroupCommit writer;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("sqlite-pulse").factory());

    private @Nullable CompletableFuture<Void> reading;

    Pulse(SqliteFile file, GroupCommit writer) {
        this.file = file;
        this.writer = writer;
    }

    CompletionStage<Void> feel() {
        Optional<Throwable> trouble = writer.trouble();
        if (trouble.isPresent()) {
            return CompletableFuture.failedFuture(trouble.get());
        }
        return writer.hasFailed() ? writer.probe().thenCompose(written -> read()) : read();
    }

    /** Those who ask while the disk does not answer wait for the same answer. */
    private synchronized CompletionStage<Void> read() {
        CompletableFuture<Void> underWay = reading;
        if (underWay != null && !underWay.isDone()) {
            return underWay.copy();
        }
        CompletableFuture<Void> begun = new CompletableFuture<>();
        reading = begun;
        try {
            thread.execute(() -> read(begun));
        } catch (RejectedExecutionException e) {
            begun.completeExceptionally(new IllegalStateException("the store is closed", e));
        }
        return begun.copy();
    }

    private void read(CompletableFuture<Void> answer) {
        try (Connection connection = file.connectToRead()) {
            new SqliteRoomReader(connection, file.generation()).ping();
            answer.complete(null);
        } catch (SQLException e) {
            answer.completeExceptionally(SqliteFault.explain(file.path(), e));
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
