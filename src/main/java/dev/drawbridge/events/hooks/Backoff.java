package dev.drawbridge.events.hooks;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before something that has failed is tried again: longer each time, and never all at the same moment. */
final class Backoff {
    static final Duration FIRST = Duration.ofSeconds(5);
    static final Duration LAST = Duration.ofMinutes(10);

    /** Longer than this nobody is left alone, whatever they ask for. */
    static final Duration MOST_ASKED = Duration.ofHours(1);

    private static final int MOST_DOUBLINGS = 7; // which is more than the last one
    private static final double JITTER = 0.2;

    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /**
     * The pause after an attempt.
     *
     * @param failed how many have failed, at least 1
     */
    Duration after(int failed, Attempt attempt) {
        long millis = Math.min(LAST.toMillis(), FIRST.toMillis() << Math.min(MOST_DOUBLINGS, failed - 1));
        double jitter = 1 - JITTER + 2 * JITTER * random.nextDouble();
        Duration own = Duration.ofMillis(Math.clamp((long) (millis * jitter), FIRST.toMillis(), LAST.toMillis()));
        return attempt.retryAfter()
                .map(asked -> asked.compareTo(MOST_ASKED) > 0 ? MOST_ASKED : asked)
                .filter(asked -> asked.compareTo(own) > 0)
                .orElse(own);
    }
}
