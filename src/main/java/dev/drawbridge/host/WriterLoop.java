package dev.drawbridge.host;

import java.util.concurrent.Executor;

/**
 * Where an outbox is served: it alone writes to the outbox's socket. Tasks run one after the other; they are short, do not
 * wait and do not throw.
 */
interface WriterLoop extends Executor {

    /** Runs a task soon. For any thread. */
    @Override
    void execute(Runnable task);

    /** Runs a task a sixtieth of a second later (§14). Only for tasks of the loop. */
    void pace(Runnable task);
}
