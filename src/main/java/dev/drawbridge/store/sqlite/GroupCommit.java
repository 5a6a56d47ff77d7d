package dev.drawbridge.store.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The one writer. A transaction costs a disk sync, whatever is in it: so all that has come while the last one was under
 * way goes into the next, whichever rooms it belongs to.
 */
final class GroupCommit implements AutoCloseable {
    private static final int MOST_AT_ONCE = 500;

    private final Connection connection;
    private final BlockingQueue<Task<?>> waiting = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    /** Something to write; run again from the start when the transaction it was in has failed because of another. */
    @FunctionalInterface
    interface Write<T> {
        T run(Connection connection) throws SQLException;
    }

    private record Task<T>(Write<T> write, CompletableFuture<T> result) {

        /** Runs the write and returns what ends the stage once the transaction is through. */
        Runnable run(Connection connection) throws SQLException {
            T value = write.run(connection);
            return () -> result.complete(value);
        }
    }

    GroupCommit(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        this.thread = Thread.ofPlatform().name("sqlite-writer").start(this::work);
    }

    <T> CompletionStage<T> submit(Write<T> write) {
        Task<T> task = new Task<>(write, new CompletableFuture<>());
        waiting.add(task);
        if (closed && waiting.remove(task)) {
            task.result.completeExceptionally(new IllegalStateException("the store is closed"));
        }
        return task.result;
    }

    private void work() {
        List<Task<?>> group = new ArrayList<>();
        try {
            while (!closed || !waiting.isEmpty()) {
                group.clear();
                group.add(waiting.take());
                waiting.drainTo(group, MOST_AT_ONCE - 1);
                commit(group);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void commit(List<Task<?>> group) {
        try {
            List<Runnable> completions = new ArrayList<>(group.size());
            for (Task<?> task : group) {
                completions.add(task.run(connection));
            }
            connection.commit();
            completions.forEach(Runnable::run);
        } catch (SQLException | RuntimeException e) {
            rollback(e);
            if (group.size() == 1) {
                group.getFirst().result.completeExceptionally(e);
            } else {
                // one that cannot be written must not take the others with it
                group.forEach(task -> commit(List.of(task)));
            }
        }
    }

    private void rollback(Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** Writes what waits, then ends. */
    @Override
    public void close() {
        submit(ignored -> closed = true);
        try {
            thread.join();
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            throw new IllegalStateException("the database cannot be closed", e);
        }
    }
}
