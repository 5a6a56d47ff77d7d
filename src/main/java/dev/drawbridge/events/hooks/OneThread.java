package dev.drawbridge.events.hooks;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A thread that does what it is given. After its end nothing is done any more, and nobody is told. */
public final class OneThread implements Worker {
    private final ScheduledExecutorService thread;

    public OneThread(String name) {
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }

    @Override
    public void run(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            // the server stops
        }
    }

    @Override
    public void every(Duration pause, Runnable task) {
        var _ = thread.scheduleWithFixedDelay(task, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
