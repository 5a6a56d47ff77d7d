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
            Supplier<CompletableFuture<WebhookAnswer>> asking, CompletableFuture<WebhookAnswer> answer, long since) {

        void end(@Nullable WebhookAnswer given, @Nullable Throwable error) {
            if (error == null) {
                answer.complete(given);
            } else {
                answer.completeExceptionally(error);
            }
        }
    }

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

    /** Asks one question after the other, for as long as they are answered at once: then a place is taken. */
    private void run(Question first) {
        for (Question question = first; question != null; question = next()) {
            Question asking = question;
            CompletableFuture<WebhookAnswer> asked = asked(asking);
            if (!asked.isDone()) {
                var _ = asked.whenComplete((answer, error) -> {
                    Question next = next();
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

    private static CompletableFuture<WebhookAnswer> asked(Question question) {
        try {
            return question.asking.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The next one that somebody still waits for. */
    private @Nullable Question next() {
        for (Question next = take(); next != null; next = take()) {
            if (nanoTime.getAsLong() - next.since <= patienceNanos) {
                return next;
            }
            next.answer.completeExceptionally(
                    new WebhookAnswer.UnusableException("the webhook has too many questions to answer"));
        }
        return null;
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
