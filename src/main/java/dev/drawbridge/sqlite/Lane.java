package dev.drawbridge.sqlite;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/**
 * Threads of the system that wait for the disk while whoever has asked waits for them. A virtual thread that called SQLite
 * itself would hold up those beside it as long as that takes.
 *
 * @param <X> how the store fails whose lane this is
 */
public final class Lane<X extends Exception> implements AutoCloseable {
    private final ExecutorService threads;
    private final Class<X> failures;
    private final Function<InterruptedException, X> interrupted;

    /** @param interrupted makes what is thrown when whoever has asked does not wait for the answer */
    public Lane(int number, String name, Class<X> failures, Function<InterruptedException, X> interrupted) {
        this.threads = Executors.newFixedThreadPool(
                number, Thread.ofPlatform().name(name, 0).factory());
        this.failures = failures;
        this.interrupted = interrupted;
    }

    /** Does some work, and waits for it; what goes wrong with it is thrown here. */
    public <T> T call(Callable<T> work) throws X {
        try {
            return threads.submit(work).get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (failures.isInstance(cause)) {
                throw failures.cast(cause);
            }
            switch (cause) {
                case RuntimeException known -> throw known;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted.apply(e);
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("the store is closed", e);
        }
    }

    /** Does some work behind all that waits already, unless this is closed before. */
    public void later(Runnable work) {
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
