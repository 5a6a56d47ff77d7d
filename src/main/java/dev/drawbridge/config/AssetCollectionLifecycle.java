package dev.drawbridge.config;

import dev.drawbridge.assets.AssetStoreException;
import dev.drawbridge.assets.collection.AssetCollector;
import dev.drawbridge.assets.collection.CollectionReport;
import dev.drawbridge.assets.collection.UnknownMentionsException;
import dev.drawbridge.host.Neighbours;
import dev.drawbridge.host.NodeIdentity;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;

/** Looks for unused assets now and then; of several nodes one does. */
@Component
@Conditional(AssetsWhenChosen.class)
@ConditionalOnBooleanProperty(name = "drawbridge.assets.collection.enabled", matchIfMissing = true)
class AssetCollectionLifecycle implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(AssetCollectionLifecycle.class);

    /** Not in the way of a start. */
    private static final Duration FIRST_AFTER = Duration.ofMinutes(10);

    private final AssetCollector collector;
    private final Duration every;
    private final NodeIdentity node;
    private final Neighbours neighbours;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("collection").factory());
    private volatile boolean running;

    AssetCollectionLifecycle(
            AssetCollector collector,
            AssetCollectionProperties properties,
            NodeIdentity node,
            Optional<Neighbours> neighbours) {
        this.collector = collector;
        this.every = properties.every();
        this.node = node;
        this.neighbours = neighbours.orElse(Neighbours.NONE);
    }

    @Override
    public void start() {
        Duration first = every.compareTo(FIRST_AFTER) < 0 ? every : FIRST_AFTER;
        var _ = timer.scheduleWithFixedDelay(this::pass, first.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        running = true;
    }

    private void pass() {
        if (neighbours.all().stream().anyMatch(other -> other.nodeId().compareTo(node.id()) < 0)) {
            return;
        }
        try {
            collector.pass(false).ifPresent(AssetCollectionLifecycle::tell);
        } catch (UnknownMentionsException | AssetStoreException e) {
            log.warn("Unused assets could not be looked for, and none is deleted: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server stops
        } catch (RuntimeException e) {
            log.error("Unused assets could not be looked for, and none is deleted", e);
        }
    }

    private static void tell(CollectionReport report) {
        log.info(
                "Of {} assets {} ({} bytes) have been in no room for long; {} ({} bytes) were deleted",
                report.assets(),
                report.unused(),
                report.unusedBytes(),
                report.deleted(),
                report.deletedBytes());
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
