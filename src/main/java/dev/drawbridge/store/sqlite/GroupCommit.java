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

    private final SqliteFile file;
    private Connection connection;
    private RoomWriter rooms;
    private final BlockingQueue<Task<?>> waiting = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    /** Something to write; run again from the start when the transaction it was in has failed because of another. */
    @FunctionalInterface
    interface Write<T> {
        T run(RoomWriter rooms, Connection connection) throws SQLException;
    }

    private record Task<T>(Write<T> write, CompletableFuture<T> result) {

        /** Runs the write and returns what ends the stage once the transaction is through. */
        Runnable run(RoomWriter rooms, Connection connection) throws SQLException {
            T value = write.run(rooms, connection);
            return () -> result.complete(value);
        }
    }

    GroupCommit(SqliteFile file) throws SQLException {
        this.file = file;
        this.connection = connect();
        this.rooms = new RoomWriter(connection, file.generation());
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
        List<Runnable> completions = new ArrayList<>(group.size());
        try {
            for (Task<?> task : group) {
                completions.add(task.run(rooms, connection));
            }
            connection.commit();
        } catch (SQLException | RuntimeException | Error e) {
            rollback(e);
            if (group.size() == 1) {
                group.getFirst().result.completeExceptionally(explained(e));
            } else {
                // one that cannot be written must not take the others with it
                group.forEach(task -> commit(List.of(task)));
            }
            return;
        }
        completions.forEach(Runnable::run);
    }

    private Throwable explained(Throwable error) {
        return error instanceof SQLException e ? SqliteFault.explain(file.path(), e) : error;
    }

    private Connection connect() throws SQLException {
        Connection fresh = file.connectToWrite();
        fresh.setAutoCommit(false);
        return fresh;
    }

    private void rollback(Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
            startAfresh(cause);
        }
    }

    /**
     * SQLite rolls back by itself when the disk is full, and the driver, thinking it has not, begins no new transaction:
     * each statement would be one of its own. As long as there is no new connection, the closed one fails every write.
     */
    private void startAfresh(Throwable cause) {
        try {
            connection.close();
            connection = connect();
            rooms = new RoomWriter(connection, file.generation());
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** Writes what waits, then ends. */
    @Override
    public void close() {
        submit((ignored, alsoIgnored) -> closed = true);
        try {
            thread.join();
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            throw SqliteFault.explain(file.path(), e);
        }
    }
}
