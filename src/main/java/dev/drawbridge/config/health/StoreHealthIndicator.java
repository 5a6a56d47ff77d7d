package dev.drawbridge.config.health;

import dev.drawbridge.config.StoreProperties;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether the store can do its work. */
@Component
class StoreHealthIndicator implements HealthIndicator {
    private final StoreProbe probe;
    private final String type;

    StoreHealthIndicator(StoreProbe probe, StoreProperties properties) {
        this.probe = probe;
        this.type = properties.type().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Health health() {
        return switch (probe.ask()) {
            case StoreAnswer.Ready(Duration latency, Instant since) ->
                Health.up()
                        .withDetail("type", type)
                        .withDetail("answeringSince", since.toString())
                        .withDetail("latencyMillis", latency.toNanos() / 1e6)
                        .build();
            case StoreAnswer.Failing(String why, Instant since) ->
                Health.down()
                        .withDetail("type", type)
                        .withDetail("failingSince", since.toString())
                        .withDetail("reason", why)
                        .build();
        };
    }
}
