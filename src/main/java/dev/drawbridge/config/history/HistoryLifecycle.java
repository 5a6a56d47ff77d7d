package dev.drawbridge.config.history;

import dev.drawbridge.history.Historian;
import dev.drawbridge.history.Thinner;
import dev.drawbridge.history.VersionStoreException;
import dev.drawbridge.host.Neighbours;
import dev.drawbridge.host.NodeIdentity;
import dev.drawbridge.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Has versions made while the server runs, of the rooms that are here, and thinned out now and then: those of all rooms, by the
 * one of several nodes whose id comes first. Should two do it at once, that does no harm.
 */
@Component
@HistoryWhenEnabled
class HistoryLifecycle implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(HistoryLifecycle.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration BETWEEN_PASSES = Duration.ofMinutes(10);

    private final Historian historian;
    private final Thinner thinner;
    private final NodeIdentity node;
    private final Neighbours neighbours;
    private final ScheduledExecutorService ticker = timer("historian");
    private final ScheduledExecutorService passes = timer("thinner");
    private volatile boolean running;

    HistoryLifecycle(Historian historian, Thinner thinner, NodeIdentity node, Optional<Neighbours> neighbours) {
        this.historian = historian;
        this.thinner = thinner;
        this.node = node;
        this.neighbours = neighbours.orElse(Neighbours.NONE);
    }

    private static ScheduledExecutorService timer(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }

    @Override
    public void start() {
        var _ = ticker.scheduleWithFixedDelay(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
        var _ = passes.scheduleWithFixedDelay(
                this::pass, BETWEEN_PASSES.toMillis(), BETWEEN_PASSES.toMillis(), TimeUnit.MILLISECONDS);
        running = true;
    }

    /** What throws here would be called no more. */
    private void tick() {
        try {
            historian.tick();
        } catch (RuntimeException e) {
            log.error("Versions could not be made", e);
        }
    }

    private void pass() {
        if (neighbours.all().stream().anyMatch(other -> other.nodeId().compareTo(node.id()) < 0)) {
            return;
        }
        try {
            thinner.pass();
        } catch (VersionStoreException | StoreException e) {
            log.warn("Versions could not be thinned out, and are later: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server stops
        } catch (RuntimeException e) {
            log.error("Versions could not be thinned out", e);
        }
    }

    @Override
    public void stop() {
        running = false;
        ticker.shutdownNow();
        passes.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
