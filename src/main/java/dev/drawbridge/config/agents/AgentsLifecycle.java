package dev.drawbridge.config.agents;

import dev.drawbridge.agents.Agents;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Tells agents that time passes, while the server runs, and lets them go when it stops: before the rooms are put away. */
@Component
@McpWhenEnabled
class AgentsLifecycle implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(AgentsLifecycle.class);
    private static final Duration TICK = Duration.ofSeconds(1);

    private final Agents agents;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("agents").factory());
    private volatile boolean running;

    AgentsLifecycle(Agents agents) {
        this.agents = agents;
    }

    @Override
    public void start() {
        var _ = ticker.scheduleWithFixedDelay(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
        running = true;
    }

    /** What throws here would be called no more. */
    private void tick() {
        try {
            agents.tick();
        } catch (RuntimeException e) {
            log.error("Agents could not be looked after", e);
        }
    }

    @Override
    public void stop() {
        running = false;
        ticker.shutdownNow();
        agents.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
