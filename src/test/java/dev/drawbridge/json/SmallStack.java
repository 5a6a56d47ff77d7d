package dev.drawbridge.json;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** Runs something on a thread with half of the usual stack. */
public final class SmallStack {
    private static final long BYTES = 512 << 10;

    private SmallStack() {}

    public static <T> T call(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(null, task, "small-stack", BYTES);
        thread.start();
        thread.join();
        return task.get();
    }
}
