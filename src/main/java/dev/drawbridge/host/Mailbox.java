package dev.drawbridge.host;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Runs tasks one after the other, in the order of their coming, on threads that it shares with others. No thread waits
 * for another, and a task that may be long is not run where others wait for a short one.
 */
final class Mailbox {
    /** After so many tasks other mailboxes get their turn. */
    private static final int MOST_AT_ONCE = 64;

    /** So they do after so long: some tasks take milliseconds, and make others of their kind. */
    private static final long LONGEST_TURN = Duration.ofMillis(2).toNanos();

    private final Executor executor;
    private final Executor background;
    private final LongSupplier nanos;
    private final Queue<Task> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    /** Belongs to whoever drains. */
    private boolean inBackground;

    private record Task(Runnable work, boolean isLong) {}

    /**
     * Runs nothing yet.
     *
     * @param executor runs tasks that are short
     * @param background runs those that may be long
     */
    Mailbox(Executor executor, Executor background) {
        this(executor, background, System::nanoTime);
    }

    /** @param nanos the time, as of {@link System#nanoTime} */
    Mailbox(Executor executor, Executor background, LongSupplier nanos) {
        this.executor = executor;
        this.background = background;
        this.nanos = nanos;
    }

    /** A task must not throw: what goes wrong in it is its own business. */
    void submit(Runnable task) {
        submit(task, false);
    }

    /** Takes a task that may be long. */
    void submitLong(Runnable task) {
        submit(task, true);
    }

    private void submit(Runnable work, boolean isLong) {
        tasks.add(new Task(work, isLong));
        if (pending.getAndIncrement() == 0) {
            schedule();
        }
    }

    /** Whether the task that is being run may take long. Only for tasks of this mailbox. */
    boolean isInBackground() {
        return inBackground;
    }

    private void schedule() {
        Task next = tasks.peek();
        if (next != null && next.isLong) {
            background.execute(() -> drain(true));
        } else {
            executor.execute(() -> drain(false));
        }
    }

    private void drain(boolean mayBeLong) {
        inBackground = mayBeLong;
        long begun = nanos.getAsLong();
        int done = 0;
        try {
            for (Task task = tasks.peek(); task != null && mayRun(task, done, begun); task = tasks.peek()) {
                tasks.remove();
                done++;
                task.work.run();
            }
        } finally {
            if (pending.addAndGet(-done) > 0) {
                schedule();
            }
        }
    }

    private boolean mayRun(Task task, int done, long begun) {
        return (done == 0 || (done < MOST_AT_ONCE && nanos.getAsLong() - begun < LONGEST_TURN))
                && (inBackground || !task.isLong);
    }
}
