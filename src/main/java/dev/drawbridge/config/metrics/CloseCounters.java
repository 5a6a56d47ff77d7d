package dev.drawbridge.config.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** A counter for each close code that this server uses on clients that may come back (§7). */
final class CloseCounters {
    static final String NAME = "drawbridge.sockets.closed";

    private final Counter normal;
    private final Counter goingAway;
    private final Counter internalError;
    private final Counter serviceRestart;
    private final Counter tryAgainLater;
    private final Counter other;

    CloseCounters(MeterRegistry registry) {
        normal = counter(registry, "1000");
        goingAway = counter(registry, "1001");
        internalError = counter(registry, "1011");
        serviceRestart = counter(registry, "1012");
        tryAgainLater = counter(registry, "1013");
        other = counter(registry, "other");
    }

    void count(int code) {
        Counter counter =
                switch (code) {
                    case 1000 -> normal;
                    case 1001 -> goingAway;
                    case 1011 -> internalError;
                    case 1012 -> serviceRestart;
                    case 1013 -> tryAgainLater;
                    default -> other;
                };
        counter.increment();
    }

    private static Counter counter(MeterRegistry registry, String code) {
        return Counter.builder(NAME)
                .tag("code", code)
                .description("Sockets that the server closed so that their client may connect again, by close code")
                .register(registry);
    }
}
