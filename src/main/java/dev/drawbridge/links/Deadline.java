package dev.drawbridge.links;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A moment by which all has to be done. */
record Deadline(long at, LongSupplier nanoTime) {

    /** @param nanoTime nanoseconds that only grow */
    static Deadline in(Duration time, LongSupplier nanoTime) {
        return new Deadline(nanoTime.getAsLong() + time.toNanos(), nanoTime);
    }

    boolean isOver() {
        return left().isNegative() || left().isZero();
    }

    /** Zero or less when it is over. */
    Duration left() {
        return Duration.ofNanos(at - nanoTime.getAsLong());
    }
}
