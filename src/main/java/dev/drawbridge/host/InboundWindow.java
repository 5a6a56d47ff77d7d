package dev.drawbridge.host;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How much of one client's input, or of all input for one room, may wait for the room. Its socket is not read on when it is
 * full, so that the client feels the push-back and the server's memory does not.
 */
final class InboundWindow {
    private static final int UNIT = 1 << 10;

    private final int size;
    private final Semaphore free;

    /** @param bytes how much may wait; one message that is larger than that may wait alone */
    InboundWindow(long bytes) {
        this.size = Math.clamp(bytes / UNIT, 1, Integer.MAX_VALUE);
        this.free = new Semaphore(size, true);
    }

    private int units(long bytes) {
        return (int) Math.min((bytes + UNIT - 1) / UNIT, size);
    }

    /** Waits for room; false when there was none for so long that something must be wrong. */
    boolean enter(long bytes) {
        try {
            return free.tryAcquire(units(bytes), 60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The same, without waiting: false when there is no room now, or somebody waits for it. */
    boolean tryEnter(long bytes) {
        return !free.hasQueuedThreads() && free.tryAcquire(units(bytes));
    }

    void leave(long bytes) {
        free.release(units(bytes));
    }
}
