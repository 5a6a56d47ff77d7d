package dev.drawbridge.config.metrics;

import dev.drawbridge.host.NodeMemory;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.LongSupplier;

/** What of a node's memory for rooms and clients is taken, budget by budget. */
final class MemoryMeters implements MeterBinder {
    private final NodeMemory memory;

    MemoryMeters(NodeMemory memory) {
        this.memory = memory;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        bind(registry, "receiving", memory.receiving()::held, memory.receiving()::most);
        bind(registry, "reading", memory.reading()::held, memory.reading()::most);
        bind(registry, "held", memory.held()::held, memory.held()::most);
        bind(registry, "outgoing", memory.outgoing()::held, memory.outgoing()::most);
        bind(registry, "imports", memory.imports()::held, memory.imports()::most);
    }

    private static void bind(MeterRegistry registry, String budget, LongSupplier held, LongSupplier most) {
        gauge(registry, "drawbridge.memory.used", "What is taken of a budget of the node", budget, held);
        gauge(registry, "drawbridge.memory.max", "How large a budget of the node is", budget, most);
    }

    private static void gauge(
            MeterRegistry registry, String name, String description, String budget, LongSupplier bytes) {
        Gauge.builder(name, bytes, value -> (double) value.getAsLong())
                .description(description)
                .tag("budget", budget)
                .baseUnit("bytes")
                .strongReference(true)
                .register(registry);
    }
}
