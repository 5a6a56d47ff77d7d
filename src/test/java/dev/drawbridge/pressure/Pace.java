package dev.drawbridge.pressure;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Holds a thread back so that it does something only so often, or moves only so many bytes, each second. */
final class Pace {
    private static final long LONGEST_PARK = TimeUnit.MILLISECONDS.toNanos(100);

    private final double perSecond;
    private final long begunAt = System.nanoTime();
    private double passed;
    private volatile boolean free;

    private Pace(double perSecond) {
        this.perSecond = perSecond;
    }

    static Pace of(double perSecond) {
        return new Pace(perSecond);
    }

    static Pace unlimited() {
        return new Pace(Double.POSITIVE_INFINITY);
    }

    /** So much has been done: returns when there may be more. */
    void did(double amount) {
        passed += amount;
        long due = begunAt + (long) (passed / perSecond * TimeUnit.SECONDS.toNanos(1));
        for (long left = due - System.nanoTime(); left > 0 && !free; left = due - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, LONGEST_PARK));
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
        }
    }

    /** From now on nothing is held back. */
    void letGo() {
        free = true;
    }
}
