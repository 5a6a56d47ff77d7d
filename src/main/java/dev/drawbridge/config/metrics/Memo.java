package dev.drawbridge.config.metrics;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks a question again only when the last answer is too old. */
final class Memo<T> implements Supplier<T> {
    private record Answer<T>(T value, long at) {}

    private final Supplier<T> source;
    private final long freshNanos;
    private final LongSupplier nanoTime;
    private volatile @Nullable Answer<T> last;

    Memo(Supplier<T> source, Duration fresh, LongSupplier nanoTime) {
        this.source = source;
        this.freshNanos = fresh.toNanos();
        this.nanoTime = nanoTime;
    }

    @Override
    public T get() {
        Answer<T> known = last;
        long now = nanoTime.getAsLong();
        if (known != null && now - known.at() < freshNanos) {
            return known.value();
        }
        T value = source.get();
        last = new Answer<>(value, now);
        return value;
    }
}
