package dev.drawbridge.pressure;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Waits for conditions, and looks often. */
final class Wait {
    private static final Duration INTERVAL = Duration.ofMillis(5);

    private Wait() {}

    static ConditionFactory forThat(String what, Duration atMost) {
        return Awaitility.await(what)
                .pollDelay(Duration.ZERO)
                .pollInterval(INTERVAL)
                .atMost(atMost);
    }
}
