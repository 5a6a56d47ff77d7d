package dev.drawbridge.host;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs tasks one sixtieth of a second later (§14). The delay is the same for all, so what came first is due first, and
 * one queue with one thread serves every session of the server.
 */
final class Pacer implements Executor, AutoCloseable {
    private static final long DELAY = Duration.ofSeconds(1).toNanos() / 60;

    /** What is due this soon is done at once: waking up for each one costs more than it gives. */
    private static final long GRAIN = Duration.ofMillis(2).toNanos();

    private final BlockingQueue<Due> queue = new LinkedBlockingQueue<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("pacer").start(this::run);

    private record Due(long at, Runnable task) {}

    /** Runs a task after the delay; it must be short and must not throw. */
    @Override
    public void execute(Runnable task) {
        queue.add(new Due(System.nanoTime() + DELAY, task));
    }

    private void run() {
        try {
            while (true) {
                Due due = queue.take();
                for (long wait = due.at - System.nanoTime(); wait > GRAIN; wait = due.at - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                    if (Thread.interrupted()) {
                        return;
                    }
                }
                due.task.run();
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
