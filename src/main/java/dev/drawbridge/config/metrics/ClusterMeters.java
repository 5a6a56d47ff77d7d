package dev.drawbridge.config.metrics;

import dev.drawbridge.cluster.Cluster;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/** What a node knows of the others, and what it does with them. */
final class ClusterMeters implements MeterBinder {
    private final Cluster cluster;

    ClusterMeters(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(
                        "drawbridge.cluster.nodes",
                        "Nodes that are alive, as this one knows, itself included",
                        each -> each.nodes().others().size() + 1.0)
                .register(registry);
        gauge(
                        "drawbridge.cluster.heartbeat.age",
                        "How long ago the last heartbeat of this node was taken",
                        each -> each.heartbeatAge() / 1e3)
                .baseUnit("seconds")
                .register(registry);
        gauge("drawbridge.cluster.links", "Links to and from other nodes", each -> each.linked()
                        .size())
                .tag("side", "edge")
                .register(registry);
        gauge("drawbridge.cluster.links", "Links to and from other nodes", Cluster::linkedFrom)
                .tag("side", "owner")
                .register(registry);
        gauge(
                        "drawbridge.cluster.sessions.relayed",
                        "Sessions whose socket and room are at different nodes",
                        Cluster::relayed)
                .tag("side", "edge")
                .register(registry);
        gauge(
                        "drawbridge.cluster.sessions.relayed",
                        "Sessions whose socket and room are at different nodes",
                        Cluster::relayedHere)
                .tag("side", "owner")
                .register(registry);
    }

    private Gauge.Builder<Cluster> gauge(String name, String description, ToDoubleFunction<Cluster> value) {
        return Gauge.builder(name, cluster, value).description(description).strongReference(true);
    }
}
