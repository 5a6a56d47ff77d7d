package dev.drawbridge.loop;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.util.concurrent.Executor;
import java.util.function.IntConsumer;

/** Runs tasks one after the other. They are short, do not wait and do not throw. */
public interface Loop extends Executor {

    /** Runs a task soon, after those that came before it from the same thread. For any thread. */
    @Override
    void execute(Runnable task);

    /** Runs a task a sixtieth of a second later (§14). Only for tasks of the loop. */
    void pace(Runnable task);

    /**
     * Watches a channel that does not block. Only for tasks of the loop.
     *
     * @param ready is told, as a task of the loop, for which of the watched operations the channel is ready: again and
     *     again, for as long as it is
     */
    Watch watch(SelectableChannel channel, IntConsumer ready) throws IOException;

    /** What of a channel is watched. For any thread; nothing happens when the channel is closed. */
    interface Watch {

        /** Watches for these too, as in {@link java.nio.channels.SelectionKey}. */
        void begin(int operations);

        /** Watches for these no more. */
        void end(int operations);
    }
}
