package dev.drawbridge.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.room.Records;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;

/** Two thousand who join one room, one after the other, and stay. What the last ones wait for is printed. */
final class ManyJoins implements Attack {
    private static final int PRESENT = 30;

    private final Consumer<String> measured;

    ManyJoins(Consumer<String> measured) {
        this.measured = measured;
    }

    @Override
    public void run(Target target) throws IOException {
        int joins = target.size(1_000, 2_000);
        double[] millis = new double[joins];
        for (int i = 0; i < joins; i++) {
            long begun = System.nanoTime();
            Client client = target.join("s" + i).keepAlive();
            millis[i] = (System.nanoTime() - begun) / 1e6;
            if (i < PRESENT) {
                var _ = client.pushPresence(Records.presence("s" + i));
            }
        }
        assertThat(target.admin().connected(target.room())).isEqualTo(joins);
        measured.accept("many-joins: of %d joins the first tenth took %.1f ms each, the last %.1f ms"
                .formatted(joins, mean(millis, 0, joins / 10), mean(millis, joins - joins / 10, joins)));
    }

    private static double mean(double[] values, int from, int to) {
        return Arrays.stream(values, from, to).average().orElse(Double.NaN);
    }
}
