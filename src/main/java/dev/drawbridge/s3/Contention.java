package dev.drawbridge.s3;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Waits, longer each time, until what several change at once has been changed by the others. */
public final class Contention {
    private static final int ENOUGH = 40;
    private static final Duration FIRST = Duration.ofMillis(5);
    private static final Duration LONGEST = Duration.ofMillis(500);

    private final String key;
    private final Failures failures;
    private int refusals;
    private long bound = FIRST.toNanos();

    public Contention(String key, Failures failures) {
        this.key = key;
        this.failures = failures;
    }

    /** Waits a little; when that was of no use very often it fails. */
    public void refused() {
        if (++refusals == ENOUGH) {
            throw failures.busy(key);
        }
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(bound));
        bound = Math.min(bound * 2, LONGEST.toNanos());
    }
}
