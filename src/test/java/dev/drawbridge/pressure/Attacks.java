package dev.drawbridge.pressure;

import java.util.List;
import java.util.function.Consumer;

/** The attacks in the order in which they are run. */
final class Attacks {
    private final Consumer<String> measured;

    /** @param measured is told what an attack has measured that is not in the table of all */
    Attacks(Consumer<String> measured) {
        this.measured = measured;
    }

    List<PlannedAttack> all() {
        return List.of(
                PlannedAttack.of(
                        "nested-numbers",
                        "reads numbers that are too large in time that grows with their text",
                        new NestedNumbers()),
                PlannedAttack.of("too-long", "refuses a message of 40 million characters", new TooLongMessage()),
                PlannedAttack.of("viewer-presence", "refuses a presence of five megabytes", new ViewerPresence()));
    }
}
