package dev.drawbridge.config.metrics;

import dev.drawbridge.protocol.Limit;
import dev.drawbridge.protocol.RefusalReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the meters show at a moment: counters since the start, and gauges.
 *
 * @param commitMillis how long all commits have taken together
 */
record Reading(
        long pushes,
        long commits,
        double commitMillis,
        long connections,
        long rooms,
        Map<RefusalReason, Long> refusals,
        Map<Limit, Long> limits,
        long closes) {

    /** What is not measured, because somebody has switched its meter off, is zero. */
    static Reading of(MeterRegistry registry) {
        Collection<Timer> commits =
                registry.find(MicrometerHostObserver.COMMIT_DURATION).timers();
        return new Reading(
                registry.find(MicrometerHostObserver.PUSH_DURATION).timers().stream()
                        .mapToLong(Timer::count)
                        .sum(),
                commits.stream().mapToLong(Timer::count).sum(),
                commits.stream()
                        .mapToDouble(timer -> timer.totalTime(TimeUnit.MILLISECONDS))
                        .sum(),
                gauges(registry, CensusMeters.CONNECTIONS),
                gauges(registry, CensusMeters.ROOMS),
                byName(
                        registry,
                        MicrometerHostObserver.REFUSALS,
                        MicrometerHostObserver.REFUSAL_LABEL,
                        RefusalReason.class),
                byName(registry, MicrometerHostObserver.LIMITS, MicrometerHostObserver.LIMIT_LABEL, Limit.class),
                sum(registry.find(CloseCounters.NAME).counters()));
    }

    private static long gauges(MeterRegistry registry, String name) {
        return registry.find(name).gauges().stream()
                .mapToDouble(Gauge::value)
                .mapToLong(Math::round) // of what is not a number, zero
                .sum();
    }

    private static <E extends Enum<E>> Map<E, Long> byName(
            MeterRegistry registry, String name, String label, Class<E> type) {
        Map<E, Long> counts = new EnumMap<>(type);
        Arrays.stream(type.getEnumConstants())
                .forEach(constant -> counts.put(
                        constant,
                        sum(registry.find(name)
                                .tag(label, CountersByName.label(constant))
                                .counters())));
        return counts;
    }

    private static long sum(Collection<Counter> counters) {
        return counters.stream()
                .mapToDouble(Counter::count)
                .mapToLong(Math::round)
                .sum();
    }

    /** What has been counted since an earlier one; the gauges stay. A counter that began anew has counted nothing. */
    Reading since(Reading earlier) {
        return new Reading(
                risen(earlier.pushes, pushes),
                risen(earlier.commits, commits),
                Math.max(0, commitMillis - earlier.commitMillis),
                connections,
                rooms,
                risen(earlier.refusals, refusals),
                risen(earlier.limits, limits),
                risen(earlier.closes, closes));
    }

    private static long risen(long from, long to) {
        return Math.max(0, to - from);
    }

    private static <E extends Enum<E>> Map<E, Long> risen(Map<E, Long> from, Map<E, Long> to) {
        Map<E, Long> risen = new HashMap<>(to);
        risen.replaceAll((constant, count) -> risen(from.getOrDefault(constant, 0L), count));
        return risen;
    }
}
