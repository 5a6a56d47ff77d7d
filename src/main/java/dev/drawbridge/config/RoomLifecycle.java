package dev.drawbridge.config;

import dev.drawbridge.cluster.Cluster;
import dev.drawbridge.host.RoomRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Gives the rooms their ticks while the server runs, and puts them away when it stops: before the web server goes, so that
 * clients are told to come back, and whoever asks is told that this server is not ready.
 */
@Component
class RoomLifecycle implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(RoomLifecycle.class);
    private static final Duration TICK = Duration.ofSeconds(1);

    private final RoomRegistry registry;
    private final Optional<Cluster> cluster;
    private final Duration timeout;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("ticker").factory());
    private volatile boolean running;

    RoomLifecycle(RoomRegistry registry, Optional<Cluster> cluster, ShutdownProperties properties) {
        this.registry = registry;
        this.cluster = cluster;
        this.timeout = properties.timeout();
    }

    @Override
    public void start() {
        var _ = ticker.scheduleAtFixedRate(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
        running = true;
    }

    private void tick() {
        registry.tick();
        if (registry.isDraining()) {
            log.info("Still to be put away: {}", whatIsLeft());
        }
    }

    private String whatIsLeft() {
        return registry.size() + " rooms, " + registry.census().connections() + " sockets";
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public void stop(Runnable callback) {
        running = false;
        String all = whatIsLeft();
        long begun = System.nanoTime();
        log.info("Shutting down within {}: {} are put away", timeout, all);
        CompletionStage<Void> handedOver =
                cluster.map(Cluster::drain).orElseGet(() -> CompletableFuture.completedStage(null));
        var _ = handedOver
                .handle((done, error) -> error == null)
                .thenCompose(clean -> registry.shutDown())
                .toCompletableFuture()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((done, error) -> {
                    stopped(all, Duration.ofNanos(System.nanoTime() - begun), error);
                    callback.run();
                });
    }

    private void stopped(String all, Duration time, @Nullable Throwable error) {
        ticker.shutdownNow();
        if (error == null) {
            log.info("All is put away: {}, in {} ms", all, time.toMillis());
        } else {
            log.warn(
                    "Not put away within {}: {}; clients lose nothing that they were told is stored",
                    timeout,
                    whatIsLeft());
            registry.abandonSockets();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
