package dev.drawbridge.config.metrics;

import dev.drawbridge.assets.renditions.RenditionObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Counts the renditions that were to be made, by what has become of them, and how long that took. */
final class MicrometerRenditionObserver implements RenditionObserver {
    private final Map<Outcome, Timer> timers = new EnumMap<>(Outcome.class);

    MicrometerRenditionObserver(MeterRegistry registry) {
        for (Outcome outcome : Outcome.values()) {
            timers.put(
                    outcome,
                    Timer.builder("drawbridge.assets.renditions")
                            .description("Smaller images that were to be made, by what has become of them")
                            .tag("outcome", CountersByName.label(outcome))
                            .register(registry));
        }
    }

    @Override
    public void ended(Outcome outcome, Duration time) {
        Timer timer = timers.get(outcome);
        if (timer != null) {
            timer.record(time);
        }
    }
}
