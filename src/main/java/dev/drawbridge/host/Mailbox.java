package dev.drawbridge.host;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs tasks one after the other, in the order of their coming, on threads that it shares with others. No thread waits
 * for another.
 */
final class Mailbox {
    /** After so many tasks other mailboxes get their turn. */
    private static final int MOST_AT_ONCE = 64;

    private final Executor executor;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();

    Mailbox(Executor executor) {
        this.executor = executor;
    }

    /** A task must not throw: what goes wrong in it is its own business. */
    void submit(Runnable task) {
        tasks.add(task);
        if (pending.getAndIncrement() == 0) {
            executor.execute(this::drain);
        }
    }

    private void drain() {
        int done = 0;
        try {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                done++;
                task.run();
                if (done == MOST_AT_ONCE) {
                    break;
                }
            }
        } finally {
            if (pending.addAndGet(-done) > 0) {
                executor.execute(this::drain);
            }
        }
    }
}
