package dev.drawbridge.config.metrics;

import dev.drawbridge.events.follow.Follower;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** How many follow events, and whether they keep up. */
final class FollowMeters implements MeterBinder {
    private final Follower follower;

    FollowMeters(Follower follower) {
        this.follower = follower;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("drawbridge.events.listeners", follower, Follower::size)
                .description("Who follows events at this node, over HTTP or in the same process")
                .register(registry);
        FunctionCounter.builder("drawbridge.events.missed", follower, Follower::missed)
                .description(
                        "How often somebody who follows was told that they have missed events, which are not kept any more")
                .register(registry);
    }
}
