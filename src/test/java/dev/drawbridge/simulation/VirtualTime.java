package dev.drawbridge.simulation;

import dev.drawbridge.host.HostClock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/** A clock that moves from one planned event to the next. What is planned for the same instant keeps its order. */
public final class VirtualTime implements HostClock, InstantSource {
    private final Queue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private long now;
    private long planned;

    private record Event(long at, long number, Runnable action) {}

    public void after(long millis, Runnable action) {
        at(now + millis, action);
    }

    public void at(long instant, Runnable action) {
        events.add(new Event(Math.max(instant, now), planned++, action));
    }

    /** Lets the next event happen, unless it is planned for later than that. */
    public boolean step(long until) {
        Event next = events.peek();
        if (next == null || next.at > until) {
            now = Math.max(now, until);
            return false;
        }
        events.remove();
        now = next.at;
        next.action.run();
        return true;
    }

    @Override
    public long millis() {
        return now;
    }

    /** Whatever is done takes no time. */
    @Override
    public long nanos() {
        return now * 1_000_000;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(now);
    }

    @Override
    public Instant wall() {
        return Instant.ofEpochMilli(now);
    }
}
