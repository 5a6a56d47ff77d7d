package dev.drawbridge.security;

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
final class Bulkhead {
    private final int mostRunning;
    private final int mostWaiting;
    private final long patienceNanos;
    private final LongSupplier nanoTime;
    private final Queue<Question> waiting = new ArrayDeque<>();
    private int running;

    private record Question(
            Supplier<CompletableFuture<WebhookAnswer>> asking, CompletableFuture<WebhookAnswer> answer, long since) {}

    Bulkhead(int mostRunning, int mostWaiting, Duration patience, LongSupplier nanoTime) {
        this.mostRunning = mostRunning;
        this.mostWaiting = mostWaiting;
        this.patienceNanos = patience.toNanos();
        this.nanoTime = nanoTime;
    }

    /** Asks, now or when it is its turn; fails at once when too many wait. */
    CompletableFuture<WebhookAnswer> ask(Supplier<CompletableFuture<WebhookAnswer>> asking) {
        Question question = new Question(asking, new CompletableFuture<>(), nanoTime.getAsLong());
        synchronized (this) {
            if (running == mostRunning) {
                if (waiting.size() == mostWaiting) {
                    return CompletableFuture.failedFuture(new WebhookAnswer.UnusableException(
                            "as many questions wait for the webhook as may: " + mostWaiting));
                }
                waiting.add(question);
                return question.answer;
            }
            running++;
        }
        run(question);
        return question.answer;
    }

    private void run(Question question) {
        CompletableFuture<WebhookAnswer> asked;
        try {
            asked = question.asking.get();
        } catch (RuntimeException e) {
            asked = CompletableFuture.failedFuture(e);
        }
        var _ = asked.whenComplete((answer, error) -> {
            next();
            if (error != null) {
                question.answer.completeExceptionally(error);
            } else {
                question.answer.complete(answer);
            }
        });
    }

    private void next() {
        for (Question next = take(); next != null; next = take()) {
            if (nanoTime.getAsLong() - next.since <= patienceNanos) {
                run(next);
                return;
            }
            next.answer.completeExceptionally(
                    new WebhookAnswer.UnusableException("the webhook has too many questions to answer"));
        }
    }

    /** The next one, which takes over the place of one that has ended; the place is free when there is none. */
    private synchronized @Nullable Question take() {
        Question next = waiting.poll();
        if (next == null) {
            running--;
        }
        return next;
    }
}
