package dev.drawbridge.config.metrics;

import dev.drawbridge.assets.AssetStore;
import dev.drawbridge.assets.AssetStoreException;
import dev.drawbridge.assets.AssetUsage;
import dev.drawbridge.assets.Uploads;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/** What assets there are, and how many are coming. */
final class AssetMeters implements MeterBinder {
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final Memo<Optional<AssetUsage>> usage;
    private final Uploads uploads;

    AssetMeters(AssetStore store, Uploads uploads, LongSupplier nanoTime) {
        this.usage = new Memo<>(() -> usage(store), FRESH, nanoTime);
        this.uploads = uploads;
    }

    private static Optional<AssetUsage> usage(AssetStore store) {
        try {
            return Optional.of(store.usage());
        } catch (AssetStoreException e) {
            return Optional.empty();
        }
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("drawbridge.assets.uploading", uploads, Uploads::underWay)
                .description("Uploads that are under way")
                .register(registry);
        stored("drawbridge.assets.stored", AssetUsage::count)
                .description("Assets that are kept")
                .register(registry);
        stored("drawbridge.assets.stored.size", AssetUsage::bytes)
                .description("What the assets take that are kept")
                .baseUnit("bytes")
                .register(registry);
    }

    private Gauge.Builder<?> stored(String name, ToDoubleFunction<AssetUsage> value) {
        return Gauge.builder(
                        name, usage, all -> all.get().map(value::applyAsDouble).orElse(Double.NaN))
                .strongReference(true);
    }
}
