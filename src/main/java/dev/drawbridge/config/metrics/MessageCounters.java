package dev.drawbridge.config.metrics;

import dev.drawbridge.protocol.ClientMessage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** A counter for each type of message that clients send. */
final class MessageCounters {
    private final Counter connects;
    private final Counter pushes;
    private final Counter pings;

    MessageCounters(MeterRegistry registry) {
        connects = counter(registry, "connect");
        pushes = counter(registry, "push");
        pings = counter(registry, "ping");
    }

    void count(ClientMessage message) {
        Counter counter =
                switch (message) {
                    case ClientMessage.Connect _ -> connects;
                    case ClientMessage.Push _ -> pushes;
                    case ClientMessage.Ping _ -> pings;
                };
        counter.increment();
    }

    private static Counter counter(MeterRegistry registry, String type) {
        return Counter.builder("drawbridge.messages.received")
                .tag("type", type)
                .description("Messages of clients that were read")
                .register(registry);
    }
}
