package dev.drawbridge.host;

import dev.drawbridge.loop.Loop;
import java.nio.channels.SelectableChannel;
import java.util.function.IntConsumer;

/** A loop in the hands of the test. */
public final class HandLoop implements Loop {
    private final HandExecutor tasks;
    private final HandExecutor paced = new HandExecutor();

    public HandLoop() {
        this(new HandExecutor());
    }

    public HandLoop(HandExecutor tasks) {
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
    public void run() {
        tasks.runAll();
    }

    /** A sixtieth of a second passes. */
    public void pause() {
        paced.runAll();
        run();
    }

    /** How many wait for the end of the pause. */
    public int paced() {
        return paced.waiting();
    }
}
