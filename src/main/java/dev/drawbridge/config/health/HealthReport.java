package dev.drawbridge.config.health;

import dev.drawbridge.config.StoreProperties;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.stereotype.Component;

/**
 * What {@code /actuator/health} says, for who runs the server: with what is to be done about it. It asks what that asks;
 * the store is not asked more often for it, see {@link StoreProbe}.
 */
@Component
public class HealthReport {
    private static final String REASON = "reason";

    private final HealthContributorRegistry registry;
    private final WhatToDo whatToDo;

    HealthReport(HealthContributorRegistry registry, StoreProperties store) {
        this.registry = registry;
        this.whatToDo = new WhatToDo(store.type());
    }

    /** All parts, and what they make of the whole. */
    public record Report(String status, List<Part> parts) {}

    /**
     * Something that must be well for the server to be so.
     *
     * @param name as in {@code /actuator/health}
     * @param detail why it is not well, if that is known
     * @param whatToDo what helps, when it is not well and somebody can do something
     */
    public record Part(String name, String status, Optional<String> detail, Optional<String> whatToDo) {}

    /** Asks all parts. */
    public Report report() {
        List<Part> parts = new ArrayList<>();
        Set<Status> statuses = new LinkedHashSet<>();
        collect("", registry, parts, statuses);
        Status whole = statuses.isEmpty()
                ? Status.UNKNOWN
                : StatusAggregator.getDefault().getAggregateStatus(statuses);
        return new Report(whole.getCode(), List.copyOf(parts));
    }

    private void collect(String prefix, HealthContributors contributors, List<Part> parts, Set<Status> statuses) {
        for (HealthContributors.Entry entry : contributors) {
            HealthContributor contributor = entry.contributor();
            String name = prefix + entry.name();
            if (contributor instanceof HealthContributors several) {
                collect(name + "/", several, parts, statuses);
            } else if (contributor instanceof HealthIndicator indicator) {
                Health health = indicator.health(true);
                if (health != null) {
                    parts.add(part(name, health));
                    statuses.add(health.getStatus());
                }
            }
        }
    }

    private Part part(String name, Health health) {
        boolean well = Status.UP.equals(health.getStatus());
        return new Part(
                name,
                health.getStatus().getCode(),
                Optional.ofNullable(health.getDetails().get(REASON)).map(Object::toString),
                well ? Optional.empty() : whatToDo.about(name));
    }
}
