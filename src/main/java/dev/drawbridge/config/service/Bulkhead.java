package dev.drawbridge.config.service;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets so many questions run at once and so many more wait, so that a storm of them neither overruns who is asked nor
 * gathers here. What has waited too long is not asked any more: nobody waits for the answer.
 */
public final class Bulkhead<A> {
    private final String name;
    private final int mostRunning;
    private final int mostWaiting;
    private final long patienceNanos;
    private final LongSupplier nanoTime;
    private final Queue<Question<A>> waiting = new ArrayDeque<>();
    private int running;

    private record Question<A>(Supplier<CompletableFuture<A>> asking, CompletableFuture<A> answer, long since) {

        void end(@Nullable A given, @Nullable Throwable error) {
            if (error == null) {
                answer.complete(given);
            } else {
                answer.completeExceptionally(error);
            }
        }
    }

    /**
     * Nothing is asked yet.
     *
     * @param name what the service is called, for the log
     * @param patience how long a question waits for its turn
     */
    public Bulkhead(String name, int mostRunning, int mostWaiting, Duration patience, LongSupplier nanoTime) {
        this.name = name;
        this.mostRunning = mostRunning;
        this.mostWaiting = mostWaiting;
        this.patienceNanos = patience.toNanos();
        this.nanoTime = nanoTime;
    }

    /** Asks, now or when it is its turn; fails at once when too many wait. */
    public CompletableFuture<A> ask(Supplier<CompletableFuture<A>> asking) {
        Question<A> question = new Question<>(asking, new CompletableFuture<>(), nanoTime.getAsLong());
        synchronized (this) {
            if (running == mostRunning) {
                if (waiting.size() == mostWaiting) {
                    return CompletableFuture.failedFuture(new ServiceException(
                            ServiceException.Failure.BUSY,
                            "as many questions wait for " + name + " as may: " + mostWaiting));
                }
                waiting.add(question);
                return question.answer;
            }
            running++;
        }
        run(question);
        return question.answer;
    }

    /** Asks one question after the other, for as long as they are answered at once: then a place is taken. */
    private void run(Question<A> first) {
        for (Question<A> question = first; question != null; question = next()) {
            Question<A> asking = question;
            CompletableFuture<A> asked = asked(asking);
            if (!asked.isDone()) {
                var _ = asked.whenComplete((answer, error) -> {
                    Question<A> next = next();
                    if (next != null) {
                        run(next);
                    }
                    asking.end(answer, error);
                });
                return;
            }
            var _ = asked.whenComplete(asking::end);
        }
    }

    private static <A> CompletableFuture<A> asked(Question<A> question) {
        try {
            return question.asking.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The next one that somebody still waits for. */
    private @Nullable Question<A> next() {
        for (Question<A> next = take(); next != null; next = take()) {
            if (nanoTime.getAsLong() - next.since <= patienceNanos) {
                return next;
            }
            next.answer.completeExceptionally(
                    new ServiceException(ServiceException.Failure.BUSY, name + " has too many questions to answer"));
        }
        return null;
    }

    /** The next one, which takes over the place of one that has ended; the place is free when there is none. */
    private synchronized @Nullable Question<A> take() {
        Question<A> next = waiting.poll();
        if (next == null) {
            running--;
        }
        return next;
    }
}
