package dev.drawbridge.config.metrics;

import dev.drawbridge.config.agents.CallObserver;
import dev.drawbridge.config.agents.CallOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Counts and times what agents call. */
final class MicrometerCallObserver implements CallObserver {
    private final MeterRegistry registry;
    private final Timer duration;

    MicrometerCallObserver(MeterRegistry registry) {
        this.registry = registry;
        duration = Timer.builder("drawbridge.mcp.duration")
                .description("Time to answer an agent's call of a tool")
                .serviceLevelObjectives(Buckets.LOADING)
                .register(registry);
    }

    @Override
    public void offered(String tool) {
        for (CallOutcome outcome : CallOutcome.values()) {
            calls(tool, outcome);
        }
    }

    @Override
    public void called(String tool, CallOutcome outcome, Duration time) {
        calls(tool, outcome).increment();
        duration.record(time);
    }

    private Counter calls(String tool, CallOutcome outcome) {
        return Counter.builder("drawbridge.mcp.calls")
                .tag("tool", tool)
                .tag("outcome", CountersByName.label(outcome))
                .description("Calls of tools by agents")
                .register(registry);
    }
}
