package dev.drawbridge.events.hooks;

import dev.drawbridge.host.HostClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/** Virtual time, and what is to happen in it. A task may let time pass while it runs: then others happen meanwhile. */
final class Simulation implements HostClock, InstantSource {
    static final Instant BEGIN = Instant.parse("2026-11-28T12:00:00Z");

    private final PriorityQueue<Due> agenda =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::number));

    private long now;
    private long numbers;

    private record Due(long at, long number, Runnable task) {}

    @Override
    public long millis() {
        return now;
    }

    @Override
    public Instant wall() {
        return BEGIN.plusMillis(now);
    }

    @Override
    public Instant instant() {
        return wall();
    }

    void in(Duration delay, Runnable task) {
        agenda.add(new Due(now + delay.toMillis(), numbers++, task));
    }

    void pass(Duration time) {
        passUntil(time, () -> false);
    }

    /** Lets time pass until something is so, for so long at most; returns whether it is. */
    boolean passUntil(Duration most, BooleanSupplier condition) {
        long end = now + most.toMillis();
        while (!condition.getAsBoolean()) {
            Due next = agenda.peek();
            if (next == null || next.at() > end) {
                now = Math.max(now, end);
                return condition.getAsBoolean();
            }
            agenda.remove(next);
            now = Math.max(now, next.at());
            next.task().run();
        }
        return true;
    }
}
