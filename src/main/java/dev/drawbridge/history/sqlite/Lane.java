package dev.drawbridge.history.sqlite;

import dev.drawbridge.history.VersionStoreException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * Threads of the system that wait for the disk while whoever has asked waits for them. A virtual thread that called SQLite
 * itself would hold up those beside it as long as that takes.
 */
final class Lane implements AutoCloseable {
    private final ExecutorService threads;

    Lane(int number, String name) {
        this.threads = Executors.newFixedThreadPool(
                number, Thread.ofPlatform().name(name, 0).factory());
    }

    /** Does some work, and waits for it; what goes wrong with it is thrown here. */
    <T> T call(Callable<T> work) {
        try {
            return threads.submit(work).get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException known -> throw known;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VersionStoreException("Whoever has asked the store of versions did not wait for the answer.", e);
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("the store of versions is closed", e);
        }
    }

    /** Does some work behind all that waits already, unless this is closed before. */
    void later(Runnable work) {
        try {
            threads.execute(work);
        } catch (RejectedExecutionException e) {
            // it may be done the next time
        }
    }

    /** Ends what has begun and what waits. */
    @Override
    public void close() {
        threads.close();
    }
}
