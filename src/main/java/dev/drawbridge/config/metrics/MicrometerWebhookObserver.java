package dev.drawbridge.config.metrics;

import dev.drawbridge.events.EventStore.Level;
import dev.drawbridge.events.hooks.Attempt;
import dev.drawbridge.events.hooks.WebhookObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** Counts what is sent to webhooks, and says what waits for them. Their names are in the settings, so that they are few. */
final class MicrometerWebhookObserver implements WebhookObserver {
    private static final String WEBHOOK = "webhook";

    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Timer delivery;
    private final Map<String, Meters> byName = new ConcurrentHashMap<>();

    MicrometerWebhookObserver(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
        this.delivery = Timer.builder("drawbridge.webhook.delivery")
                .description("How long a call of a webhook took, until all was answered or it was given up")
                .serviceLevelObjectives(Buckets.LOADING)
                .register(registry);
    }

    /** Those of one webhook, all of them there from the start. */
    private final class Meters {
        private final Map<Attempt.Outcome, Counter> attempts = new EnumMap<>(Attempt.Outcome.class);
        private final Map<Reason, Counter> buried = new EnumMap<>(Reason.class);
        private final Counter forgotten;
        private volatile Optional<Level> level = Optional.empty();

        Meters(String name) {
            for (Attempt.Outcome outcome : Attempt.Outcome.values()) {
                attempts.put(
                        outcome,
                        Counter.builder("drawbridge.webhook.deliveries")
                                .tag(WEBHOOK, name)
                                .tag("outcome", CountersByName.label(outcome))
                                .description("Calls of a webhook, by how they went")
                                .register(registry));
            }
            for (Reason reason : Reason.values()) {
                buried.put(
                        reason,
                        Counter.builder("drawbridge.webhook.buried")
                                .tag(WEBHOOK, name)
                                .tag("reason", CountersByName.label(reason))
                                .description("Events that have become dead letters, by why")
                                .register(registry));
            }
            forgotten = Counter.builder("drawbridge.webhook.forgotten")
                    .tag(WEBHOOK, name)
                    .description("Dead letters that are gone because there were too many")
                    .register(registry);
            gauge("drawbridge.webhook.waiting", name, Level::waiting)
                    .description("Events that wait to be sent")
                    .register(registry);
            gauge("drawbridge.webhook.dead", name, Level::dead)
                    .description("Dead letters")
                    .register(registry);
            gauge("drawbridge.webhook.oldest", name, this::age)
                    .description("How long ago what waits longest has happened")
                    .baseUnit("seconds")
                    .register(registry);
        }

        private Gauge.Builder<?> gauge(String meter, String name, ToDoubleFunction<Level> value) {
            return Gauge.builder(meter, this, meters -> meters.level
                            .map(value::applyAsDouble)
                            .orElse(Double.NaN))
                    .tag(WEBHOOK, name);
        }

        private double age(Level seen) {
            return seen.oldest()
                    .map(oldest -> Math.max(
                                    0, Duration.between(oldest, clock.instant()).toMillis())
                            / 1e3)
                    .orElse(0.0);
        }
    }

    private Meters meters(String webhook) {
        return byName.computeIfAbsent(webhook, Meters::new);
    }

    private static <K> void count(Map<K, Counter> counters, K key, int times) {
        Counter counter = counters.get(key);
        if (counter != null) {
            counter.increment(times);
        }
    }

    @Override
    public void attempted(String webhook, Attempt.Outcome outcome, long nanos) {
        count(meters(webhook).attempts, outcome, 1);
        delivery.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void buried(String webhook, Reason reason, int events) {
        count(meters(webhook).buried, reason, events);
    }

    @Override
    public void forgotten(String webhook, int deadLetters) {
        meters(webhook).forgotten.increment(deadLetters);
    }

    @Override
    public void level(String webhook, Optional<Level> level) {
        meters(webhook).level = level;
    }
}
