package dev.drawbridge.config;

import dev.drawbridge.host.RoomRegistry;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Gives the rooms their ticks while the server runs, and puts them away when it stops: before the web server goes, so that
 * clients are told to come back.
 */
@Component
class RoomLifecycle implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(RoomLifecycle.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final RoomRegistry registry;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("ticker").factory());
    private volatile boolean running;

    RoomLifecycle(RoomRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void start() {
        var _ = ticker.scheduleAtFixedRate(registry::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
        running = true;
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public void stop(Runnable callback) {
        running = false;
        int rooms = registry.size();
        var _ = registry.shutDown()
                .toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .whenComplete((done, error) -> {
                    if (error != null) {
                        log.warn("{} of {} rooms could not be put away in time", registry.size(), rooms);
                    } else if (rooms > 0) {
                        log.info("{} rooms put away", rooms);
                    }
                    ticker.shutdownNow();
                    callback.run();
                });
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
