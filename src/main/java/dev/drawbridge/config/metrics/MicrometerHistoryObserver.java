package dev.drawbridge.config.metrics;

import dev.drawbridge.history.HistoryObserver;
import dev.drawbridge.history.Reason;
import dev.drawbridge.history.VersionStore;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Counts versions that are made and that go, and says what all of them take. */
final class MicrometerHistoryObserver implements HistoryObserver {
    private final CountersByName<Reason> made;
    private final Timer making;
    private final Counter written;
    private final Counter failed;
    private final Counter thinned;

    private volatile VersionStore.@Nullable Usage kept;

    MicrometerHistoryObserver(MeterRegistry registry) {
        made = new CountersByName<>(
                registry, "drawbridge.history.versions", "reason", Reason.class, "Versions that were made, by why");
        making = Timer.builder("drawbridge.history.making")
                .description("How long it took to make a version, without waiting for its turn")
                .serviceLevelObjectives(Buckets.LOADING)
                .register(registry);
        written = Counter.builder("drawbridge.history.written")
                .description("What versions took that were made, as they are kept")
                .baseUnit("bytes")
                .register(registry);
        failed = Counter.builder("drawbridge.history.failed")
                .description("Versions that could not be made; those that are made by themselves are tried again")
                .register(registry);
        thinned = Counter.builder("drawbridge.history.thinned")
                .description("Versions that went because they were old, or too many")
                .register(registry);
        stored("drawbridge.history.stored", VersionStore.Usage::versions)
                .description("Versions that are kept, as was seen last")
                .register(registry);
        stored("drawbridge.history.stored.size", VersionStore.Usage::bytes)
                .description("What the versions take that are kept, as was seen last")
                .baseUnit("bytes")
                .register(registry);
    }

    private Gauge.Builder<?> stored(String name, ToDoubleFunction<VersionStore.Usage> value) {
        return Gauge.builder(name, this, observer -> {
            VersionStore.Usage seen = observer.kept;
            return seen == null ? Double.NaN : value.applyAsDouble(seen);
        });
    }

    @Override
    public void made(Reason reason, long nanos, long bytes) {
        made.count(reason);
        making.record(nanos, TimeUnit.NANOSECONDS);
        written.increment((double) bytes);
    }

    @Override
    public void failed() {
        failed.increment();
    }

    @Override
    public void thinned(int versions) {
        thinned.increment(versions);
    }

    @Override
    public void kept(VersionStore.Usage usage) {
        kept = usage;
    }
}
