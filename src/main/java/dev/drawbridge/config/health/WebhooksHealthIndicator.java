package dev.drawbridge.config.health;

import dev.drawbridge.events.EventStore.Level;
import dev.drawbridge.events.hooks.Hooks;
import dev.drawbridge.events.hooks.Webhook;
import dev.drawbridge.events.hooks.WebhookState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Whether the webhooks that this node sends to take what they are sent. When they do not it is no fault of this server: so it is never
 * worse than {@code DEGRADED}, which changes neither the status of the whole nor readiness.
 */
final class WebhooksHealthIndicator implements HealthIndicator {
    private static final Status DEGRADED = new Status("DEGRADED");
    private static final Duration FAR_BEHIND = Duration.ofHours(1);

    private final Hooks hooks;
    private final InstantSource clock;

    WebhooksHealthIndicator(Hooks hooks, InstantSource clock) {
        this.hooks = hooks;
        this.clock = clock;
    }

    @Override
    public Health health() {
        List<String> reasons = new ArrayList<>();
        for (Webhook webhook : hooks.webhooks()) {
            reason(webhook).ifPresent(reasons::add);
        }
        return reasons.isEmpty()
                ? Health.up().build()
                : Health.status(DEGRADED)
                        .withDetail("reason", String.join("; ", reasons))
                        .build();
    }

    private Optional<String> reason(Webhook webhook) {
        if (hooks.state(webhook) == WebhookState.SUSPENDED) {
            return Optional.of(webhook.name() + " is suspended: its receiver says that it is no more");
        }
        Instant since = clock.instant().minus(FAR_BEHIND);
        return hooks.level(webhook)
                .flatMap(Level::oldest)
                .filter(oldest -> oldest.isBefore(since))
                .map(oldest -> webhook.name() + " is behind: what waits longest has happened at " + oldest);
    }
}
