package dev.drawbridge.events;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class EventsSimulationTest {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("dev.drawbridge.events");
    private static final int SEEDS = Integer.getInteger("events.seeds", 400);
    private static final int STEPS = 600;

    @BeforeAll
    static void quietly() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void aloud() {
        LOG.setLevel(null);
    }

    @ParameterizedTest(name = "{0} nodes")
    @ValueSource(ints = {1, 2, 3})
    @DisplayName(
            "Whatever fails or is killed, in the end each stored clock, each new room and each deletion was told, in order and once")
    void nothingIsLeftUntold(int nodes) {
        for (long seed = 0; seed < SEEDS; seed++) {
            EventsSimulation simulation = new EventsSimulation(seed, nodes, true);
            List<String> violations = simulation.run(STEPS);
            assertThat(violations)
                    .as("seed " + seed + (violations.isEmpty() ? "" : "\n" + simulation.trace()))
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("Without the keeper that is not so")
    void itIsTheKeeper() {
        int failed = 0;
        for (long seed = 0; seed < 20; seed++) {
            failed += new EventsSimulation(seed, 2, false).run(STEPS).isEmpty() ? 0 : 1;
        }
        assertThat(failed).isGreaterThan(10);
    }
}
