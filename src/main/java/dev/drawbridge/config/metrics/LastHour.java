package dev.drawbridge.config.metrics;

import dev.drawbridge.host.HostClock;
import dev.drawbridge.protocol.Limit;
import dev.drawbridge.protocol.RefusalReason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What has gone on at this node in the last hour, minute by minute, for who has no monitoring system, or does not look at it
 * now. It reads the meters once a minute and keeps sixty readings; whatever is counted costs nothing more for it. Minutes
 * are measured evenly: a clock that is set moves the whole hour, and nothing else.
 */
public final class LastHour {
    public static final Duration STEP = Duration.ofMinutes(1);

    private static final int STEPS = 60;
    private static final Reading NOTHING = new Reading(0, 0, 0, 0, 0, Map.of(), Map.of(), 0);

    private final Supplier<Reading> meters;
    private final HostClock clock;

    /** The minutes that are over, the oldest first; there are always as many. */
    private final Deque<Reading> over = new ArrayDeque<>(STEPS);

    private Reading atBegin;

    /** Of the minute that is running. */
    private long begin;

    LastHour(Supplier<Reading> meters, HostClock clock) {
        this.meters = meters;
        this.clock = clock;
        this.atBegin = meters.get();
        this.begin = clock.millis();
        Stream.generate(() -> NOTHING).limit(STEPS - 1).forEach(over::add);
    }

    /** Has time pass: to be called more often than once a minute. When that was forgotten, it all counts for the last one. */
    synchronized void tick() {
        long minutes = (clock.millis() - begin) / STEP.toMillis();
        if (minutes <= 0) {
            return;
        }
        Reading now = meters.get();
        for (long missed = Math.min(minutes - 1, STEPS); missed > 0; missed--) {
            add(NOTHING);
        }
        add(now.since(atBegin));
        atBegin = now;
        begin += minutes * STEP.toMillis();
    }

    private void add(Reading minute) {
        over.removeFirst();
        over.addLast(minute);
    }

    /** The hour until now. Its last minute is the one that is running; minutes before the start are empty. */
    public synchronized HourReport report() {
        tick();
        Reading running = meters.get().since(atBegin);
        List<Reading> minutes = Stream.concat(over.stream(), Stream.of(running)).toList();
        long age = clock.millis() - begin + STEP.multipliedBy(STEPS - 1).toMillis();
        return new HourReport(
                clock.wall().minusMillis(age),
                minutes.stream().map(Reading::pushes).toList(),
                minutes.stream().map(Reading::commits).toList(),
                minutes.stream().map(LastHour::meanCommit).toList(),
                minutes.stream().map(Reading::connections).toList(),
                minutes.stream().map(Reading::rooms).toList(),
                HourReport.Counts.of(RefusalReason.class, minutes.stream().map(Reading::refusals)),
                HourReport.Counts.of(Limit.class, minutes.stream().map(Reading::limits)),
                minutes.stream().map(Reading::closes).toList());
    }

    private static OptionalDouble meanCommit(Reading minute) {
        return minute.commits() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(minute.commitMillis() / minute.commits());
    }
}
