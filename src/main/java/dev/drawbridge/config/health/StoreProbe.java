package dev.drawbridge.config.health;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a store whether it can do its work. The wait is bounded, and an answer serves for a moment: however many ask, the
 * store is asked once.
 */
class StoreProbe {
    private static final Logger log = LoggerFactory.getLogger(StoreProbe.class);

    /** A kubelet gives up after one second unless it is told otherwise: leave time to say why. */
    static final Duration PATIENCE = Duration.ofMillis(800);

    private static final Duration FRESH = Duration.ofSeconds(1);

    private final String name;
    private final Supplier<? extends CompletionStage<Void>> ping;
    private final InstantSource clock;
    private final Lock lock = new ReentrantLock();
    private @Nullable StoreAnswer last;
    private Instant asked = Instant.MIN;

    /**
     * @param name what the log calls the store, at the beginning of a sentence
     * @param ping asks it, and does not wait
     */
    StoreProbe(String name, Supplier<? extends CompletionStage<Void>> ping, InstantSource clock) {
        this.name = name;
        this.ping = ping;
        this.clock = clock;
    }

    StoreAnswer ask() {
        lock.lock();
        try {
            StoreAnswer known = last;
            Instant now = clock.instant();
            if (known != null && now.isBefore(asked.plus(FRESH)) && !now.isBefore(asked)) {
                return known;
            }
            StoreAnswer answer = askNow();
            last = answer;
            asked = clock.instant();
            return answer;
        } finally {
            lock.unlock();
        }
    }

    private StoreAnswer askNow() {
        long start = System.nanoTime();
        try {
            CompletableFuture<Void> answer = ping.get().toCompletableFuture();
            answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return ready(Duration.ofNanos(System.nanoTime() - start));
        } catch (TimeoutException e) {
            return failing("no answer within " + PATIENCE.toMillis() + " ms", null);
        } catch (ExecutionException e) {
            return failing("it failed; the log tells more", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failing("interrupted", null);
        } catch (RuntimeException e) {
            return failing("it failed; the log tells more", e);
        }
    }

    private StoreAnswer ready(Duration latency) {
        if (last instanceof StoreAnswer.Ready(Duration _, Instant since)) {
            return new StoreAnswer.Ready(latency, since);
        }
        Instant now = clock.instant();
        if (last instanceof StoreAnswer.Failing(String _, Instant since)) {
            log.info(
                    "{} answers again, after {} s",
                    name,
                    Duration.between(since, now).toSeconds());
        }
        return new StoreAnswer.Ready(latency, now);
    }

    private StoreAnswer failing(String why, @Nullable Throwable cause) {
        if (last instanceof StoreAnswer.Failing(String _, Instant since)) {
            return new StoreAnswer.Failing(why, since);
        }
        log.warn("{} cannot do its work: {}", name, cause == null ? why : cause.toString());
        return new StoreAnswer.Failing(why, clock.instant());
    }
}
