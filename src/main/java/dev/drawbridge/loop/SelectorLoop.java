package dev.drawbridge.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread with a selector. The pause of what is paced is the same for all, so it is due in the order of its coming (but
 * for a moment when the {@link Pause} shrinks), and nobody needs a timer.
 */
final class SelectorLoop implements Loop, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SelectorLoop.class);
    /** What is due this soon is done at once: waking up for each one costs more than it gives. */
    private static final long GRAIN = Duration.ofMillis(2).toNanos();

    /** After so many tasks, or so long, it looks whether something else is due. */
    private static final int MOST_AT_ONCE = 256;

    private static final long LONGEST_TURN = Duration.ofMillis(4).toNanos();

    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<Due> paced = new ArrayDeque<>();
    private final Pause pause = new Pause(System.nanoTime());
    private final Thread thread;
    private long asleepSince;
    private volatile boolean sleeping;
    private volatile boolean closed;

    private record Due(long at, Runnable task) {}

    SelectorLoop(String name) {
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (sleeping && Thread.currentThread() != thread) {
            selector.wakeup();
        }
    }

    @Override
    public void pace(Runnable task) {
        paced.add(new Due(System.nanoTime() + pause.nanos(), task));
    }

    @Override
    public Watch watch(SelectableChannel channel, IntConsumer ready) throws IOException {
        SelectionKey key = channel.register(selector, 0, ready);
        return new Watch() {
            @Override
            public void begin(int operations) {
                change(() -> key.interestOpsOr(operations));
            }

            @Override
            public void end(int operations) {
                change(() -> key.interestOpsAnd(~operations));
            }
        };
    }

    private void change(Runnable change) {
        try {
            change.run();
            if (sleeping && Thread.currentThread() != thread) {
                selector.wakeup();
            }
        } catch (CancelledKeyException e) {
            // the channel is closed
        }
    }

    private void run() {
        try (selector) {
            while (!closed) {
                select();
                runTasks();
                runPaced();
                pause.look(System.nanoTime());
            }
        } catch (IOException e) {
            log.error("{} cannot go on", thread.getName(), e);
        }
    }

    private void select() throws IOException {
        sleeping = true;
        try {
            if (!tasks.isEmpty() || closed) {
                selector.selectNow(this::ready);
            } else {
                sleep();
            }
        } finally {
            sleeping = false;
        }
    }

    private void sleep() throws IOException {
        asleepSince = System.nanoTime() | 1;
        if (paced.isEmpty()) {
            selector.select(this::ready);
        } else {
            selector.select(this::ready, millisUntil(paced.getFirst().at));
        }
        awake();
    }

    /** The first channel that is ready ends the sleep. */
    private void awake() {
        if (asleepSince != 0) {
            pause.idled(System.nanoTime() - asleepSince);
            asleepSince = 0;
        }
    }

    /** At least one: none would be for ever. */
    private static long millisUntil(long at) {
        return Math.max(
                1, Duration.ofNanos(at - System.nanoTime()).plusNanos(999_999).toMillis());
    }

    private void ready(SelectionKey key) {
        awake();
        if (key.isValid() && key.attachment() instanceof IntConsumer ready) {
            runSafely(() -> ready.accept(key.readyOps()));
        }
    }

    private void runTasks() {
        long begun = System.nanoTime();
        for (int i = 0; i < MOST_AT_ONCE && System.nanoTime() - begun < LONGEST_TURN; i++) {
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

    /** One's misfortune must not be that of all that share the loop. */
    private static void runSafely(Runnable task) {
        try {
            task.run();
        } catch (CancelledKeyException e) {
            // the channel was closed meanwhile
        } catch (RuntimeException | Error e) {
            log.error("a task of a loop has failed", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
    }
}
