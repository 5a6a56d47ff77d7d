package dev.drawbridge.assets.renditions;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Until when a rendition has to be made. */
final class Deadline {
    private final LongSupplier nanoTime;
    private final long start;
    private final long nanos;

    /** It is over. */
    static final class PassedException extends IOException {

        PassedException() {
            super("making a rendition takes too long");
        }
    }

    Deadline(LongSupplier nanoTime, Duration time) {
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.nanos = time.toNanos();
    }

    boolean hasPassed() {
        return nanoTime.getAsLong() - start > nanos;
    }

    void check() throws PassedException {
        if (hasPassed()) {
            throw new PassedException();
        }
    }
}
