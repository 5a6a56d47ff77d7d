package dev.drawbridge.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramTest {
    private static final double PRECISION = 1 / 64.0;

    private final Histogram histogram = new Histogram();

    @Test
    @DisplayName("small values are exact, and a percentile is a value that was recorded")
    void exact() {
        for (int i = 100; i >= 1; i--) {
            histogram.record(i);
        }

        assertThat(histogram.percentile(0.5)).isEqualTo(50);
        assertThat(histogram.percentile(0.99)).isEqualTo(99);
        assertThat(histogram.percentile(1)).isEqualTo(100);
        assertThat(histogram.percentile(0.001)).isEqualTo(1);
        assertThat(histogram.total()).isEqualTo(100);
    }

    @ParameterizedTest
    @DisplayName("a value comes out as it went in, but for a sixty-fourth")
    @ValueSource(
            longs = {0, 1, 63, 64, 127, 128, 129, 255, 256, 1_000, 16_383, 16_384, 1_000_000, 59_999_999, 3_600_000_000L
            })
    void precise(long value) {
        histogram.record(value);
        histogram.record(3_600_000_001L); // the largest is kept exactly

        assertThat(histogram.percentile(0.5)).isCloseTo(value, within((long) (value * PRECISION)));
    }

    @Test
    @DisplayName("percentiles of many values are those of the sorted values")
    void likeSorting() {
        Random random = new Random(11);
        long[] values = random.longs(20_000, 0, 40)
                .map(bits -> 1 + random.nextLong(1L << (bits + 1)))
                .toArray();
        Arrays.stream(values).forEach(histogram::record);
        Arrays.sort(values);

        for (double share : new double[] {0.01, 0.25, 0.5, 0.9, 0.99, 0.999}) {
            long exact = values[(int) Math.ceil(share * values.length) - 1];
            assertThat(histogram.percentile(share))
                    .as("p%s", share * 100)
                    .isCloseTo(exact, within((long) (exact * PRECISION) + 1));
        }
        assertThat(histogram.max()).isEqualTo(values[values.length - 1]);
    }

    @Test
    @DisplayName("merged, histograms have the percentiles of all their values")
    void merged() {
        Histogram slow = new Histogram();
        Histogram all = new Histogram();
        for (int i = 0; i < 900; i++) {
            histogram.record(i);
            all.record(i);
        }
        for (int i = 0; i < 100; i++) {
            slow.record(1_000_000 + i);
            all.record(1_000_000 + i);
        }

        histogram.add(slow);

        assertThat(histogram.figures().json()).isEqualTo(all.figures().json());
        assertThat(histogram.percentile(0.5)).isLessThan(1_000);
        assertThat(histogram.percentile(0.95)).isCloseTo(1_000_000, within(20_000L));
    }

    @Test
    @DisplayName("no value is lost: what is negative counts as nothing, what is beyond all bounds as the longest")
    void bounds() {
        histogram.record(-5);
        histogram.record(Long.MAX_VALUE);

        assertThat(histogram.total()).isEqualTo(2);
        assertThat(histogram.percentile(0.5)).isZero();
        assertThat(histogram.max()).isGreaterThan(3_600_000_000L);
    }

    @Test
    @DisplayName("nothing recorded, nothing reported")
    void empty() {
        assertThat(histogram.percentile(0.99)).isZero();
        assertThat(histogram.figures().json()).isEqualTo("{}");
    }
}
