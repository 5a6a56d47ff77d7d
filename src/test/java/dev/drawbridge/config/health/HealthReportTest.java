package dev.drawbridge.config.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.config.StoreProperties;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.registry.DefaultHealthContributorRegistry;

@DisplayName("The report on health")
class HealthReportTest {
    private final DefaultHealthContributorRegistry registry = new DefaultHealthContributorRegistry();

    private HealthReport.Report report(StoreProperties.Type type) {
        StoreProperties store =
                new StoreProperties(type, new StoreProperties.Sqlite(Path.of("x")), new StoreProperties.Redis("x"));
        return new HealthReport(registry, store).report();
    }

    private void add(String name, Health health) {
        registry.registerContributor(name, (HealthIndicator) () -> health);
    }

    @Test
    @DisplayName("has nothing to be done where all is well")
    void well() {
        add("store", Health.up().withDetail("latencyMillis", 3).build());
        add("rooms", Health.up().build());

        HealthReport.Report report = report(StoreProperties.Type.SQLITE);

        assertThat(report.status()).isEqualTo("UP");
        assertThat(report.parts())
                .containsExactlyInAnyOrder(
                        new HealthReport.Part("store", "UP", Optional.empty(), Optional.empty()),
                        new HealthReport.Part("rooms", "UP", Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @EnumSource(StoreProperties.Type.class)
    @DisplayName("says why the store fails, and what helps")
    void store(StoreProperties.Type type) {
        add("store", Health.down().withDetail("reason", "no answer").build());
        add("rooms", Health.up().build());

        HealthReport.Report report = report(type);

        assertThat(report.status()).isEqualTo("DOWN");
        HealthReport.Part store = report.parts().stream()
                .filter(part -> part.name().equals("store"))
                .findFirst()
                .orElseThrow();
        assertThat(store.detail()).contains("no answer");
        assertThat(store.whatToDo().orElseThrow()).contains(type == StoreProperties.Type.REDIS ? "Redis" : "disk");
    }

    @ParameterizedTest
    @ValueSource(strings = {"store", "rooms", "history", "readinessState", "livenessState"})
    @DisplayName("knows what helps for each part that this server has")
    void known(String name) {
        add(name, Health.outOfService().build());
        assertThat(report(StoreProperties.Type.SQLITE).parts())
                .singleElement()
                .satisfies(part -> assertThat(part.whatToDo()).isPresent());
    }

    @Test
    @DisplayName("shows parts of parts, and those of others without advice")
    void others() {
        registry.registerContributor("outer", CompositeHealthContributor.fromMap(Map.of("inner", (HealthIndicator)
                () -> Health.down().build())));

        assertThat(report(StoreProperties.Type.SQLITE).parts())
                .containsExactly(new HealthReport.Part("outer/inner", "DOWN", Optional.empty(), Optional.empty()));
    }

    @Test
    @DisplayName("does not know how it is where nothing is asked")
    void nothing() {
        assertThat(report(StoreProperties.Type.SQLITE).status()).isEqualTo("UNKNOWN");
    }
}
