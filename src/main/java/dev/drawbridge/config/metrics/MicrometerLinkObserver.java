package dev.drawbridge.config.metrics;

import dev.drawbridge.links.LinkObserver;
import dev.drawbridge.links.LinkOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Counts and times previews of links. */
final class MicrometerLinkObserver implements LinkObserver {
    private final CountersByName<LinkOutcome> outcomes;
    private final Timer duration;
    private final Counter shared;
    private final Counter turnedAway;

    MicrometerLinkObserver(MeterRegistry registry) {
        outcomes = new CountersByName<>(
                registry,
                "drawbridge.links.fetched",
                "outcome",
                LinkOutcome.class,
                "Pages that were to be fetched for previews of links");
        duration = Timer.builder("drawbridge.links.fetch.duration")
                .description("Time to fetch and read a page, or to find that it cannot be had")
                .serviceLevelObjectives(Buckets.LOADING)
                .register(registry);
        shared = Counter.builder("drawbridge.links.shared")
                .description("Previews that were known, or on their way, when they were asked for")
                .register(registry);
        turnedAway = Counter.builder("drawbridge.links.turned.away")
                .description("Questions for previews that were not answered because too much was under way")
                .register(registry);
    }

    @Override
    public void fetched(LinkOutcome outcome, Duration time) {
        outcomes.count(outcome);
        duration.record(time);
    }

    @Override
    public void shared() {
        shared.increment();
    }

    @Override
    public void turnedAway() {
        turnedAway.increment();
    }
}
