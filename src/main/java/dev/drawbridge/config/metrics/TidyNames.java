package dev.drawbridge.config.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Set;

/**
 * Makes what frameworks measure fit to Prometheus' own rules, so that {@code promtool check metrics} has nothing to say: what
 * has no help text is given one, and what is named against the rules is left out, for each has a better one beside it.
 */
final class TidyNames implements MeterFilter {
    private static final Set<String> AGAINST_THE_RULES =
            Set.of("jvm.compilation.time", "process.cpu.time", "system.cpu.count");

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        return AGAINST_THE_RULES.contains(id.getName()) ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        return id.getDescription() == null
                ? new Meter.Id(
                        id.getName(),
                        Tags.of(id.getTags()),
                        id.getBaseUnit(),
                        id.getName().replace('.', ' '),
                        id.getType())
                : id;
    }
}
