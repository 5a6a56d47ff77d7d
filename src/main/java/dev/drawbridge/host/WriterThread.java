package dev.drawbridge.host;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that serves many outboxes, none of whose sockets makes it wait. The pause is the same for all, so what is
 * paced is due in the order of its coming, and no outbox needs a timer.
 */
final class WriterThread implements WriterLoop, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WriterThread.class);
    private static final long PAUSE = Duration.ofSeconds(1).toNanos() / 60;

    /** What is due this soon is done at once: waking up for each one costs more than it gives. */
    private static final long GRAIN = Duration.ofMillis(2).toNanos();

    /** After so many tasks it looks whether something else is due. */
    private static final int MOST_AT_ONCE = 256;

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<Due> paced = new ArrayDeque<>();
    private final Thread thread;
    private volatile boolean sleeping;
    private volatile boolean closed;

    private record Due(long at, Runnable task) {}

    WriterThread(String name) {
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (sleeping) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void pace(Runnable task) {
        paced.add(new Due(System.nanoTime() + PAUSE, task));
    }

    private void run() {
        while (!closed) {
            runTasks();
            runPaced();
            sleep();
        }
    }

    private void runTasks() {
        for (int i = 0; i < MOST_AT_ONCE; i++) {
            Runnable task = tasks.poll();
            if (task == null) {
                return;
            }
            runSafely(task);
        }
    }

    private void runPaced() {
        if (paced.isEmpty()) {
            return;
        }
        long soon = System.nanoTime() + GRAIN;
        for (Due due = paced.peek(); due != null && due.at - soon <= 0; due = paced.peek()) {
            paced.remove();
            runSafely(due.task);
        }
    }

    /** One outbox's misfortune must not be that of all that share the loop. */
    private static void runSafely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            log.error("an outbox could not be served", e);
        }
    }

    private void sleep() {
        sleeping = true;
        if (tasks.isEmpty() && !closed) {
            Due next = paced.peek();
            if (next == null) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, Math.max(1, next.at - System.nanoTime()));
            }
        }
        sleeping = false;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
