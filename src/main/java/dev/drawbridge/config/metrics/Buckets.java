package dev.drawbridge.config.metrics;

import java.time.Duration;
import java.util.Arrays;

/** The bounds of histograms: few, for each costs a time series, and close where a percentile is to be read off. */
final class Buckets {
    /** Work in memory: from a tenth of a millisecond. */
    static final Duration[] WORK = micros(100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 500_000);

    /** What a store does for a change: from half a millisecond to the patience of a room. */
    static final Duration[] STORING =
            micros(500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 5_000_000);

    /** A whole room from the store. */
    static final Duration[] LOADING =
            micros(1_000, 5_000, 10_000, 50_000, 100_000, 500_000, 1_000_000, 5_000_000, 30_000_000);

    static final double[] COUNTS = {1, 2, 5, 10, 25, 50, 100, 500, 1_000, 10_000};

    /** Powers of four, from 256 to 64 million. */
    static final double[] SIZES = {
        1 << 8, 1 << 10, 1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20, 1 << 22, 1 << 24, 1 << 26
    };

    private Buckets() {}

    private static Duration[] micros(long... bounds) {
        return Arrays.stream(bounds)
                .mapToObj(micros -> Duration.ofNanos(1_000 * micros))
                .toArray(Duration[]::new);
    }
}
