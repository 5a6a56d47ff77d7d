package dev.drawbridge.assets.renditions;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A few threads that make renditions, of which only so many wait for their turn. They go when there is nothing to do. */
final class RenditionThreads {
    /** Where making one takes a quarter of a second, who comes last waits for as long as anybody is patient. */
    private static final int WAITING_FOR_EACH = 32;

    private static final long IDLE_SECONDS = 30;

    private RenditionThreads() {}

    /** Refuses what is one too many. */
    static ExecutorService start(int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(threads * WAITING_FOR_EACH),
                // Of the platform, since what decodes is native or never waits.
                Thread.ofPlatform().daemon().name("renditions-", 1).factory());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
