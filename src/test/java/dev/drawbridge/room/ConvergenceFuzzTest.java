package dev.drawbridge.room;

import dev.drawbridge.json.Seeds;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("However clients and network behave, all come to show what the room holds")
class ConvergenceFuzzTest {
    private static final int EVENTS = 500;

    @Test
    @DisplayName("[§12] [§13] [§15] [§16] [§21.2] [§21.3] clients of all kinds, with cuts, losses and replaced sockets")
    void converges() {
        Seeds.check(300, random -> {
            Simulation simulation = new Simulation(random);
            simulation.run(EVENTS);
            simulation.settle();
        });
    }
}
