package dev.drawbridge.config.metrics;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Gives {@link LastHour} its ticks while the server runs. */
final class LastHourLifecycle implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(LastHourLifecycle.class);

    /** So late a minute may be read. */
    private static final Duration TICK = Duration.ofSeconds(1);

    private final LastHour lastHour;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("last-hour").factory());
    private volatile boolean running;

    LastHourLifecycle(LastHour lastHour) {
        this.lastHour = lastHour;
    }

    @Override
    public void start() {
        var _ = timer.scheduleAtFixedRate(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
        running = true;
    }

    private void tick() {
        try {
            lastHour.tick();
        } catch (RuntimeException e) {
            log.error("The meters could not be read for the last hour", e);
        }
    }

    @Override
    public void stop() {
        running = false;
        timer.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
