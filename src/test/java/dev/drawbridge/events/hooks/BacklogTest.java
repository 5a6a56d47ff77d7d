package dev.drawbridge.events.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.events.EventId;
import dev.drawbridge.events.hooks.Backlog.Turn;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final Instant NOW = Instant.parse("2026-11-28T17:00:00Z");

    private final Backlog backlog = new Backlog();

    @Test
    @DisplayName("Events of a log and of the one before wait beside each other, those of a room one behind the other")
    void twoLogs() {
        EventId old = new EventId("ffffffff", 7);
        EventId other = new EventId("00000000", 1_000);
        EventId next = new EventId("00000000", 1_001);
        backlog.add("a", next, NOW);
        backlog.add("b", other, NOW);
        backlog.add("a", old, NOW);
        assertThat(backlog.size()).isEqualTo(3);

        Turn first = backlog.take(NOW).orElseThrow();
        assertThat(first).isEqualTo(new Turn("a", old));
        assertThat(backlog.take(NOW)).contains(new Turn("b", other));
        assertThat(backlog.take(NOW)).isEmpty();

        backlog.done(first, NOW);
        assertThat(backlog.take(NOW)).contains(new Turn("a", next));
    }
}
