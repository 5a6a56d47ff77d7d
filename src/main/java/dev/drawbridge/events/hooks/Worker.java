package dev.drawbridge.events.hooks;

import java.time.Duration;

/** Does what it is given, one after the other; some of it may wait for a store. */
public interface Worker extends AutoCloseable {

    /** Does it soon, never within this call. */
    void run(Runnable task);

    /** Does it again and again, from now on, with a pause in between. */
    void every(Duration pause, Runnable task);

    /** Begins nothing more. */
    @Override
    void close();
}
