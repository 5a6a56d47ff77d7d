package dev.drawbridge.store.sqlite;

import dev.drawbridge.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer. A transaction costs a disk sync, whatever is in it: so all that has come while the last one was under
 * way goes into the next, whichever rooms it belongs to, up to some number of bytes.
 *
 * <p>Every write is answered, whatever happens: who may wait in turn is told on other threads, so that nothing they do holds
 * the writer up, and should the writer's thread ever end, all that waits fails and so does what comes later.
 */
final class GroupCommit implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);
    private static final int MOST_AT_ONCE = 500;

    /** A transaction that has so much takes no more in: those who wait for it should not wait for hundreds of megabytes. */
    private static final long ENOUGH_BYTES = 16L << 20;

    private static final int SEVERAL = 3;
    private static final long LINGER = Duration.ofMillis(1).toNanos();

    /** A transaction that takes longer than this is stuck, as far as health is concerned. */
    private static final Duration STUCK = Duration.ofSeconds(5);

    /** How long those are waited for at the end who are told of a write. */
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(5);

    private final SqliteFile file;
    private final WriteAheadLog writeAheadLog;
    private final Writing writing;
    private final Duration idle;
    private Connection connection;
    private RoomWriter rooms;
    private final BlockingQueue<Task<?>> waiting = new LinkedBlockingQueue<>();
    private final ExecutorService answers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("sqlite-answers-", 0).factory());
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean ended;
    /** Used by the writer's thread only. */
    private boolean logToBeEmptied;

    private int lastGroup;
    /** When rows could not be made of the journal, in nanoseconds; 0 when they could. Used by the writer's thread only. */
    private long spreadFailedAt;

    /** Since when, in nanoseconds, the present transaction is under way; 0 when there is none. */
    private volatile long busySince;
    /** Why the last write failed; null when that was not for a reason that would fail others as well. */
    private volatile @Nullable Throwable failure;

    /** Something to write; run again from the start when the transaction it was in has failed because of another. */
    @FunctionalInterface
    interface Write<T> {
        T run(RoomWriter rooms, Connection connection) throws SQLException;
    }

    /** How rooms are written on a connection. */
    @FunctionalInterface
    interface Writing {
        RoomWriter on(Connection connection, long generation);
    }

    private record Task<T>(long bytes, Write<T> write, CompletableFuture<T> result, boolean mayWait) {

        /** Runs the write and returns what ends the stage once the transaction is through. */
        Answer run(RoomWriter rooms, Connection connection) throws SQLException {
            T value = write.run(rooms, connection);
            return new Answer(() -> result.complete(value), mayWait);
        }

        Answer failure(Throwable error) {
            return new Answer(() -> result.completeExceptionally(error), mayWait);
        }
    }

    /**
     * What tells somebody of a write.
     *
     * @param mayWait whether whoever is told may wait for something else in turn
     */
    private record Answer(Runnable tell, boolean mayWait) {}

    GroupCommit(SqliteFile file, Writing writing) throws SQLException {
        this(
                file,
                writing,
                WriteAheadLog.IDLE,
                Thread.ofPlatform().name("sqlite-writer").factory());
    }

    /** @param idle after so long without anything to write, the write-ahead log is emptied */
    GroupCommit(SqliteFile file, Writing writing, Duration idle, ThreadFactory threads) throws SQLException {
        this.file = file;
        this.writing = writing;
        this.idle = idle;
        this.writeAheadLog = new WriteAheadLog(file.path());
        this.connection = connect();
        this.rooms = writing.on(connection, file.generation());
        this.thread = threads.newThread(this::work);
        thread.start();
    }

    <T> CompletionStage<T> submit(Write<T> write) {
        return submit(new Task<>(0, write, new CompletableFuture<>(), true));
    }

    /**
     * The same for whoever does not wait when it is told: that happens on the writer's own thread, which saves each of a
     * thousand commits a second a thread.
     *
     * @param bytes how much it writes, about
     */
    <T> CompletionStage<T> commit(long bytes, Write<T> write) {
        return submit(new Task<>(bytes, write, new CompletableFuture<>(), false));
    }

    private <T> CompletionStage<T> submit(Task<T> task) {
        waiting.add(task);
        if ((closed || hasEnded()) && waiting.remove(task)) {
            task.result.completeExceptionally(over());
        }
        return task.result;
    }

    private boolean hasEnded() {
        return ended || !thread.isAlive();
    }

    private RuntimeException over() {
        return closed
                ? new IllegalStateException("the store is closed")
                : new StoreException("The writer of the room store " + file.path()
                        + " has ended, for a reason that is in the log: the server has to be started again.");
    }

    /** What keeps it from writing, as far as can be seen without a write; empty when nothing does. */
    Optional<Throwable> trouble() {
        if (hasEnded()) {
            return Optional.of(over());
        }
        long since = busySince;
        if (since != 0 && System.nanoTime() - since > STUCK.toNanos()) {
            return Optional.of(
                    new StoreException("The room store " + file.path() + " has been writing one transaction for"
                            + " more than " + STUCK.toSeconds() + " s: its disk does not answer."));
        }
        return Optional.empty();
    }

    /** Whether the last write has failed, for a reason that may fail others as well. */
    boolean hasFailed() {
        return failure != null;
    }

    /** Ends when a small write is on the disk. */
    CompletionStage<Boolean> probe() {
        return submit((room, connectionOfWriter) -> {
            room.touch();
            return true;
        });
    }

    /** Ends when the write-ahead log is empty, or could not be emptied because somebody reads. */
    CompletionStage<Boolean> emptyLog() {
        return submit((room, connectionOfWriter) -> {
            logToBeEmptied = true;
            return true;
        });
    }

    private void work() {
        try {
            while (!closed || !waiting.isEmpty()) {
                try {
                    serve();
                } catch (InterruptedException | RuntimeException | Error e) {
                    log.error("The writer of {} met what it should not, and goes on", file.path(), e);
                }
            }
        } finally {
            ended = true;
            for (Task<?> task = waiting.poll(); task != null; task = waiting.poll()) {
                answer(List.of(task.failure(over())));
            }
        }
    }

    private void serve() throws InterruptedException {
        Task<?> first = waiting.poll(spreadingIsDue() ? 0 : idle.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
            writeWith(first);
        } else if (!spreadingIsDue()) {
            writeAheadLog.emptyWhenUsed(connection);
        }
        if (spreadingIsDue() && !closed) {
            spread();
        }
    }

    private void writeWith(Task<?> first) {
        List<Task<?>> group = new ArrayList<>();
        try {
            busySince = System.nanoTime() | 1;
            gather(first, group);
            commit(group);
        } catch (RuntimeException | Error e) {
            answer(group.stream().map(task -> task.failure(e)).toList());
            throw e;
        } finally {
            busySince = 0;
        }
    }

    /**
     * Where several rooms commit at once there are more of them in a moment, and each sync that they share is one less; who
     * commits alone does not wait.
     */
    private void linger() {
        if (lastGroup >= SEVERAL) {
            LockSupport.parkNanos(this, LINGER);
        }
    }

    private void gather(Task<?> first, List<Task<?>> group) {
        linger();
        group.add(first);
        long bytes = first.bytes;
        while (group.size() < MOST_AT_ONCE && bytes < ENOUGH_BYTES) {
            Task<?> next = waiting.poll();
            if (next == null) {
                break;
            }
            group.add(next);
            bytes += next.bytes;
        }
        lastGroup = group.size();
    }

    private void commit(List<Task<?>> group) {
        List<Answer> answersToGive = new ArrayList<>(group.size());
        boolean written;
        try {
            for (Task<?> task : group) {
                answersToGive.add(task.run(rooms, connection));
            }
            written = rooms.takeWritten();
            if (written) {
                file.watch().count(connection);
            }
            connection.commit();
        } catch (SQLException | RuntimeException | Error e) {
            rollback(e);
            if (group.size() == 1) {
                if (SqliteFault.isOfTheWhole(e)) {
                    failure = e;
                }
                answer(List.of(group.getFirst().failure(explained(e))));
            } else {
                // one that cannot be written must not take the others with it
                group.forEach(task -> commit(List.of(task)));
            }
            return;
        }
        if (written) {
            failure = null;
            file.watch().committed();
            writeAheadLog.used();
        }
        if (logToBeEmptied) {
            logToBeEmptied = false;
            writeAheadLog.emptyWhenUsed(connection);
        }
        answer(answersToGive);
    }

    /** A while after it has failed; it may be that the disk is full. */
    private boolean spreadingIsDue() {
        return rooms.hasJournal() && (spreadFailedAt == 0 || System.nanoTime() - spreadFailedAt > idle.toNanos());
    }

    /**
     * Makes rows of a part of what is journalled, in a transaction of its own: should that fail, no commit does. It is not
     * counted: no room is another for it.
     */
    private void spread() {
        try {
            busySince = System.nanoTime() | 1;
            boolean written = rooms.spread();
            connection.commit();
            if (written) {
                writeAheadLog.used();
            }
            spreadFailedAt = 0;
        } catch (SQLException | RuntimeException | Error e) {
            rollback(e);
            if (spreadFailedAt == 0) {
                log.warn(
                        "The journal of {} stays for now, and nothing is lost: rows cannot be made of it",
                        file.path(),
                        e);
            }
            spreadFailedAt = System.nanoTime() | 1;
        } finally {
            busySince = 0;
        }
    }

    /** Who is told may wait in turn, or fail: neither the writer nor the others of the group shall notice. */
    private void answer(List<Answer> toGive) {
        for (Answer answer : toGive) {
            if (answer.mayWait) {
                answers.execute(() -> give(answer));
            } else {
                give(answer);
            }
        }
    }

    private static void give(Answer answer) {
        try {
            answer.tell.run();
        } catch (RuntimeException | Error e) {
            log.error("Somebody who was told of a write could not take it", e);
        }
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
            rooms.rolledBack();
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
            rooms = writing.on(connection, file.generation());
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** Writes what waits, tells of it, and ends; who is told and does not come back is not waited for long. */
    @Override
    public void close() {
        submit((ignored, alsoIgnored) -> closed = true);
        closed = true;
        try {
            thread.join();
            answers.shutdown();
            if (!answers.awaitTermination(LAST_ANSWERS.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn(
                        "The room store {} is closed, and somebody who was told of a write still works on it",
                        file.path());
            }
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            throw SqliteFault.explain(file.path(), e);
        }
    }
}
