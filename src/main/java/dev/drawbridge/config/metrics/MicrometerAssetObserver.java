package dev.drawbridge.config.metrics;

import dev.drawbridge.assets.AssetObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts uploads, and what goes in and out. */
final class MicrometerAssetObserver implements AssetObserver {
    private final CountersByName<Outcome> uploads;
    private final Counter received;
    private final Counter served;

    MicrometerAssetObserver(MeterRegistry registry) {
        uploads = new CountersByName<>(
                registry, "drawbridge.assets.uploads", "outcome", Outcome.class, "Uploads, by what has become of them");
        received = bytes(registry, "drawbridge.assets.received", "What came of uploads, whatever has become of them");
        served = bytes(registry, "drawbridge.assets.served", "What of assets was sent to those who look at them");
    }

    private static Counter bytes(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).baseUnit("bytes").register(registry);
    }

    @Override
    public void uploaded(Outcome outcome) {
        uploads.count(outcome);
    }

    @Override
    public void received(long bytes) {
        received.increment((double) bytes);
    }

    @Override
    public void served(long bytes) {
        served.increment((double) bytes);
    }
}
