package dev.drawbridge.host;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * Two times. What has to pass within a while is measured with the one that always runs on evenly: a clock that is set, or
 * a machine that slept, must not end every session. Only permissions end by the clock on the wall.
 */
public interface HostClock {

    /** Milliseconds that only grow. They begin near the epoch's, so that they can be shown as a time of day. */
    long millis();

    /** What the clock on the wall shows. */
    Instant wall();

    /** By which short turns are measured, as of {@link System#nanoTime}. */
    default long nanos() {
        return System.nanoTime();
    }

    static HostClock system() {
        return of(InstantSource.system());
    }

    /**
     * Both times, beginning with what a clock shows now.
     *
     * @param wall the clock on the wall
     */
    static HostClock of(InstantSource wall) {
        long startedAt = wall.millis();
        long origin = System.nanoTime();
        return new HostClock() {
            @Override
            public long millis() {
                return startedAt + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - origin);
            }

            @Override
            public Instant wall() {
                return wall.instant();
            }
        };
    }
}
