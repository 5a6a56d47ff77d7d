package dev.drawbridge.bench.load;

/**
 * How long things took, in microseconds. Every value counts, in buckets that are at most a sixty-fourth of their value
 * wide; values below 128 are exact. Histograms of several threads are merged, which percentiles could not be.
 */
final class Histogram {
    private static final int SUB_BITS = 6;
    private static final int SUB = 1 << SUB_BITS;
    private static final long LARGEST = (1L << 40) - 1;
    private static final int BUCKETS = bucketOf(LARGEST) + 1;

    private final long[] counts = new long[BUCKETS];
    private long total;
    private long max;

    void record(long micros) {
        long value = Math.clamp(micros, 0, LARGEST);
        counts[bucketOf(value)]++;
        total++;
        max = Math.max(max, value);
    }

    void add(Histogram other) {
        for (int i = 0; i < BUCKETS; i++) {
            counts[i] += other.counts[i];
        }
        total += other.total;
        max = Math.max(max, other.max);
    }

    long total() {
        return total;
    }

    long max() {
        return max;
    }

    /**
     * The value that so large a share of all values does not exceed; 0 when there are none.
     *
     * @param share above 0, and at most 1
     */
    long percentile(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return Math.min(middleOf(i), max);
            }
        }
        return max;
    }

    /** As it is reported, in milliseconds; nothing when there is nothing. */
    Figures figures() {
        Figures figures = new Figures();
        if (total > 0) {
            figures.put("n", total)
                    .put("p50", millis(percentile(0.5)))
                    .put("p95", millis(percentile(0.95)))
                    .put("p99", millis(percentile(0.99)))
                    .put("max", millis(max));
        }
        return figures;
    }

    private static double millis(long micros) {
        return Figures.rounded(micros / 1_000.0, 3);
    }

    /** The position of the highest bit says the octave, the six bits beneath it the bucket in it. */
    private static int bucketOf(long value) {
        int shift = Math.max(0, Long.SIZE - 1 - SUB_BITS - Long.numberOfLeadingZeros(value | 1));
        return shift * SUB + (int) (value >>> shift);
    }

    private static long middleOf(int bucket) {
        int shift = Math.max(0, bucket / SUB - 1);
        long lowest = (long) (bucket - shift * SUB) << shift;
        return lowest + (1L << shift) / 2;
    }
}
