package dev.drawbridge.config.health;

import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Whether the store of versions can do its work. Rooms go on without it, and versions are made later: so it is never worse than
 * {@code DEGRADED}, which changes neither the status of the whole nor readiness.
 */
final class HistoryHealthIndicator implements HealthIndicator {
    private static final Status DEGRADED = new Status("DEGRADED");

    private final StoreProbe probe;

    HistoryHealthIndicator(StoreProbe probe) {
        this.probe = probe;
    }

    @Override
    public Health health() {
        return switch (probe.ask()) {
            case StoreAnswer.Ready(Duration _, Instant since) ->
                Health.up().withDetail("answeringSince", since.toString()).build();
            case StoreAnswer.Failing(String why, Instant since) ->
                Health.status(DEGRADED)
                        .withDetail("failingSince", since.toString())
                        .withDetail("reason", why)
                        .build();
        };
    }
}
