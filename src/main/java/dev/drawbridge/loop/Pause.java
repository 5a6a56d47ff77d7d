package dev.drawbridge.loop;

import java.time.Duration;

/**
 * How long what is paced waits: a sixtieth of a second (§14), and longer while its loop has more to do than it can. What has
 * gathered meanwhile goes out together, and costs a fraction; nobody sees the difference between a cursor that moves sixty
 * times a second and one that does so eight times as well as one that lags by seconds.
 */
final class Pause {
    static final long SHORTEST = Duration.ofSeconds(1).toNanos() / 60;
    static final long LONGEST = 8 * SHORTEST;

    private static final long WINDOW = Duration.ofMillis(50).toNanos();
    private static final double TOO_BUSY = 0.9;
    private static final double AT_EASE = 0.6;

    private long nanos = SHORTEST;
    private long begun;
    private long idle;

    /** @param now in nanoseconds, as with all that follows */
    Pause(long now) {
        this.begun = now;
    }

    long nanos() {
        return nanos;
    }

    /** The loop has had nothing to do for so long. */
    void idled(long duration) {
        idle += duration;
    }

    /** To be called again and again: looks how busy the loop has been lately. */
    void look(long now) {
        long window = now - begun;
        if (window < WINDOW) {
            return;
        }
        double busy = 1 - (double) idle / window;
        if (busy > TOO_BUSY) {
            nanos = Math.min(2 * nanos, LONGEST);
        } else if (busy < AT_EASE) {
            nanos = Math.max(nanos / 2, SHORTEST);
        }
        begun = now;
        idle = 0;
    }
}
