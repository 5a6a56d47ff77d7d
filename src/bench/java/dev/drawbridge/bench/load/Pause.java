package dev.drawbridge.bench.load;

import java.time.Duration;

/** Lets time pass. */
final class Pause {
    private Pause() {}

    static void of(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static void seconds(double seconds) {
        of(Duration.ofMillis((long) (seconds * 1_000)));
    }
}
