package dev.drawbridge.config.metrics;

import dev.drawbridge.events.EventType;
import dev.drawbridge.events.EventsObserver;
import dev.drawbridge.events.hooks.WebhookObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;

/** Counts events that are written down, and those that are not. */
final class MicrometerEventsObserver implements EventsObserver {
    private final MeterRegistry registry;
    private final WebhookObserver webhooks;
    private final Map<EventType, Counter> filed = new EnumMap<>(EventType.class);
    private final Map<EventType, Counter> dropped = new EnumMap<>(EventType.class);

    /** @param webhooks is told what becomes of events in queues */
    MicrometerEventsObserver(MeterRegistry registry, WebhookObserver webhooks) {
        this.registry = registry;
        this.webhooks = webhooks;
        for (EventType type : EventType.values()) {
            filed.put(type, counter("drawbridge.events", type, "Events that were written down, by their type"));
            dropped.put(
                    type,
                    counter(
                            "drawbridge.events.dropped",
                            type,
                            "Events that were given up because too many waited to be written down, by their type"));
        }
    }

    private Counter counter(String name, EventType type, String description) {
        return Counter.builder(name)
                .tag("type", type.text())
                .description(description)
                .register(registry);
    }

    @Override
    public void filed(EventType type) {
        count(filed, type);
    }

    @Override
    public void dropped(EventType type) {
        count(dropped, type);
    }

    private static void count(Map<EventType, Counter> counters, EventType type) {
        Counter counter = counters.get(type);
        if (counter != null) {
            counter.increment();
        }
    }

    @Override
    public void buried(String queue, int events) {
        webhooks.buried(queue, WebhookObserver.Reason.FULL, events);
    }

    @Override
    public void forgotten(String queue, int letters) {
        webhooks.forgotten(queue, letters);
    }
}
