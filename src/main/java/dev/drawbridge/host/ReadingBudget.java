package dev.drawbridge.host;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How much the messages may take that are being read or wait for their room. A parsed message takes many times its text,
 * so this is taken before one is parsed. Small messages have a share of their own: they never wait for large ones.
 */
public final class ReadingBudget {
    /** A message that takes no more than this counts as small. */
    private static final int SMALL = 64 << 10;

    private static final long TIMEOUT_MILLIS = Duration.ofSeconds(60).toMillis();

    private final Share small;
    private final Share large;

    /** Bytes in units that fit a semaphore. The first who asks is the first who gets: a large request does not starve. */
    private record Share(Semaphore free, int units) {
        private static final int UNIT = 1 << 10;

        static Share of(long bytes) {
            int units = Math.clamp(bytes / UNIT, 1, Integer.MAX_VALUE);
            return new Share(new Semaphore(units, true), units);
        }

        int units(long bytes) {
            return (int) Math.min((bytes + UNIT - 1) / UNIT, units);
        }
    }

    /** What was taken; it is given back once. */
    record Lease(Semaphore from, int units) {
        void giveBack() {
            from.release(units);
        }
    }

    /** @param bytes how many may be taken at once */
    public ReadingBudget(long bytes) {
        this.small = Share.of(bytes / 4);
        this.large = Share.of(bytes - bytes / 4);
    }

    /** How many bytes may be taken at once. */
    public long most() {
        return (long) (small.units + large.units) * Share.UNIT;
    }

    /** How many bytes are taken. */
    public long held() {
        return most() - (long) (small.free.availablePermits() + large.free.availablePermits()) * Share.UNIT;
    }

    /** Whether a message that takes so much could ever be read here. */
    boolean fits(long bytes) {
        return bytes <= SMALL || bytes <= (long) large.units * Share.UNIT;
    }

    /** Takes what a message takes if it is there, and nobody waits for it. */
    @Nullable
    Lease tryTake(long bytes) {
        Share share = bytes <= SMALL ? small : large;
        int units = share.units(bytes);
        return !share.free.hasQueuedThreads() && share.free.tryAcquire(units) ? new Lease(share.free, units) : null;
    }

    /** Takes what a message takes, and waits for it; nothing when it waited for so long that something must be wrong. */
    @Nullable
    Lease take(long bytes) {
        Share share = bytes <= SMALL ? small : large;
        int units = share.units(bytes);
        try {
            return share.free.tryAcquire(units, TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                    ? new Lease(share.free, units)
                    : null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
