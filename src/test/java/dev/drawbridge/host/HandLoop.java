package dev.drawbridge.host;

import dev.drawbridge.loop.Loop;
import java.nio.channels.SelectableChannel;
import java.util.function.IntConsumer;

/** A loop in the hands of the test. */
final class HandLoop implements Loop {
    private final HandExecutor tasks;
    private final HandExecutor paced = new HandExecutor();

    HandLoop() {
        this(new HandExecutor());
    }

    HandLoop(HandExecutor tasks) {
        this.tasks = tasks;
    }

    @Override
    public Watch watch(SelectableChannel channel, IntConsumer ready) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void execute(Runnable task) {
        tasks.execute(task);
    }

    @Override
    public void pace(Runnable task) {
        paced.execute(task);
    }

    /** Runs what is to be run now. */
    void run() {
        tasks.runAll();
    }

    /** A sixtieth of a second passes. */
    void pause() {
        paced.runAll();
        run();
    }

    /** How many wait for the end of the pause. */
    int paced() {
        return paced.waiting();
    }
}
