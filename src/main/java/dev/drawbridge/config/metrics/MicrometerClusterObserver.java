package dev.drawbridge.config.metrics;

import dev.drawbridge.cluster.ClusterObserver;
import dev.drawbridge.cluster.link.LinkObserver;
import dev.drawbridge.store.TakeOvers;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** Counts what happens among the nodes. */
final class MicrometerClusterObserver implements ClusterObserver, LinkObserver, TakeOvers {
    private final CountersByName<TakeOvers.Reason> takeOvers;
    private final Counter heartbeatsLost;
    private final Counter fenced;
    private final Counter handedOver;
    private final Counter notHandedOver;
    private final Counter in;
    private final Counter out;
    private final Timer latency;

    MicrometerClusterObserver(MeterRegistry registry) {
        heartbeatsLost = Counter.builder("drawbridge.cluster.heartbeats.lost")
                .description("How often this node had to let go of all its rooms")
                .register(registry);
        takeOvers = new CountersByName<>(
                registry,
                "drawbridge.cluster.takeovers",
                "reason",
                TakeOvers.Reason.class,
                "Rooms that were opened although a node was named as their owner");
        fenced = Counter.builder("drawbridge.cluster.fenced")
                .description("Commits that were refused because another node has the room")
                .register(registry);
        handedOver = handovers(registry, "done");
        notHandedOver = handovers(registry, "failed");
        in = bytes(registry, "in");
        out = bytes(registry, "out");
        latency = Timer.builder("drawbridge.cluster.link.latency")
                .description("To another node over a link and back")
                .publishPercentileHistogram(false)
                .register(registry);
    }

    private static Counter handovers(MeterRegistry registry, String outcome) {
        return Counter.builder("drawbridge.cluster.handovers")
                .description("Rooms that were to go to another node with their sessions")
                .tag("outcome", outcome)
                .register(registry);
    }

    private static Counter bytes(MeterRegistry registry, String direction) {
        return Counter.builder("drawbridge.cluster.link.bytes")
                .description("What went over links to and from other nodes")
                .baseUnit("bytes")
                .tag("direction", direction)
                .register(registry);
    }

    @Override
    public void takenOver(String roomId, Reason reason) {
        takeOvers.count(reason);
    }

    @Override
    public void heartbeatLost() {
        heartbeatsLost.increment();
    }

    @Override
    public void fenced() {
        fenced.increment();
    }

    @Override
    public void handedOver(boolean done) {
        (done ? handedOver : notHandedOver).increment();
    }

    @Override
    public void sent(long bytes) {
        out.increment((double) bytes);
    }

    @Override
    public void received(long bytes) {
        in.increment((double) bytes);
    }

    @Override
    public void roundTrip(long nanos) {
        latency.record(nanos, TimeUnit.NANOSECONDS);
    }
}
