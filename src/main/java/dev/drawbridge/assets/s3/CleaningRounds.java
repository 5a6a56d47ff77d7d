package dev.drawbridge.assets.s3;

import dev.drawbridge.s3.S3Exception;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clears away, from time to time, what processes have left that are gone. */
final class CleaningRounds {
    private static final Logger log = LoggerFactory.getLogger(CleaningRounds.class);

    /** What is under way for longer is under way no more. */
    static final Duration GONE_AFTER = Duration.ofHours(6);

    private static final Duration EVERY = Duration.ofMinutes(30);

    private final Unfinished unfinished;
    private final CountDownLatch stopped = new CountDownLatch(1);

    CleaningRounds(Unfinished unfinished) {
        this.unfinished = unfinished;
    }

    void start() {
        Thread.ofVirtual().name("asset-cleaning").start(this::run);
    }

    void stop() {
        stopped.countDown();
    }

    private void run() {
        try {
            // Nodes that start together do not come together.
            while (!stopped.await(ThreadLocalRandom.current().nextLong(EVERY.toMillis()), TimeUnit.MILLISECONDS)) {
                clearUp();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void clearUp() {
        try {
            unfinished.clearUp(GONE_AFTER);
        } catch (S3Exception e) {
            log.warn("what was left of assets is cleared away later: {}", e.getMessage());
        }
    }
}
