package dev.drawbridge.config.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * One counter for each constant of an enum, all of them there from the start: a counter that first appears when it is 1 has
 * risen for nobody.
 */
final class CountersByName<E extends Enum<E>> {
    private final Map<E, Counter> counters;

    CountersByName(MeterRegistry registry, String name, String label, Class<E> type, String description) {
        counters = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            counters.put(
                    constant,
                    Counter.builder(name)
                            .tag(label, label(constant))
                            .description(description)
                            .register(registry));
        }
    }

    void count(E constant) {
        Counter counter = counters.get(constant);
        if (counter != null) {
            counter.increment();
        }
    }

    static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
