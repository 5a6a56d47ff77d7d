package dev.drawbridge.host;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How much of one client's input may wait for the room. The socket's thread waits when it is full, so that the client
 * feels the push-back and the server's memory does not.
 */
final class InboundWindow {
    private static final int SIZE = 1 << 20;

    private final Semaphore free = new Semaphore(SIZE);

    /** The part of the window that a frame takes; one that is larger than all of it may go alone. */
    static int weight(int frameLength) {
        return Math.clamp(frameLength + 1_024, 1, SIZE);
    }

    /** Waits for room; false when there was none for so long that something must be wrong. */
    boolean enter(int weight) {
        try {
            return free.tryAcquire(weight, 60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void leave(int weight) {
        free.release(weight);
    }
}
