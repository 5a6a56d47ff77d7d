package dev.drawbridge.config.events;

import dev.drawbridge.events.Keeper;
import dev.drawbridge.events.Writer;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Has events written down while the server runs, from before the first client can come until all rooms are put away and what
 * they have told is written.
 */
@Component
@EventsWhenEnabled
class EventsLifecycle implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(EventsLifecycle.class);

    /** Before the web server starts, and after it has stopped; this node is a member of the cluster meanwhile. */
    private static final int PHASE = DEFAULT_PHASE - 3_072;

    private static final Duration STEP = Duration.ofMillis(100);
    private static final Duration BETWEEN_PASSES = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Writer writer;
    private final Keeper keeper;
    private final ScheduledExecutorService steps = timer("events");
    private final ScheduledExecutorService passes = timer("events-keeper");
    private volatile boolean running;

    EventsLifecycle(Writer writer, Keeper keeper) {
        this.writer = writer;
        this.keeper = keeper;
    }

    private static ScheduledExecutorService timer(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }

    @Override
    public void start() {
        begin();
        repeat(steps, writer::step, STEP);
        repeat(passes, keeper::pass, BETWEEN_PASSES);
        running = true;
    }

    /** Who is killed before it is noted that it has begun may leave changes that nobody looks for: that is worth some waiting. */
    private void begin() {
        long until = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!writer.begin() && System.nanoTime() < until) {
                TimeUnit.MILLISECONDS.sleep(STEP.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What throws would be called no more. */
    private static void repeat(ScheduledExecutorService timer, Runnable what, Duration pause) {
        Runnable guarded = () -> {
            try {
                what.run();
            } catch (RuntimeException e) {
                log.error("Events go on after an error", e);
            }
        };
        var _ = timer.scheduleWithFixedDelay(guarded, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        running = false;
        passes.shutdownNow();
        steps.shutdown();
        try {
            boolean areOver = passes.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    && steps.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (areOver) {
                writer.flush(PATIENCE);
                keeper.pass();
                writer.end();
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        log.warn("The store of events does not answer: what could not be written down is found when a server starts");
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
