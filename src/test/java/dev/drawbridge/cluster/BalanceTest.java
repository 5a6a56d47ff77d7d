package dev.drawbridge.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A node that is busier than others")
class BalanceTest {
    private static final int SECOND = 1_000;

    private final Balance balance = new Balance(new Placement(new Random(1)));
    private final List<NodeCard> idle = List.of(card(0.1, false));
    private long now;

    @Test
    @DisplayName("gives rooms away when that lasts for a minute, and one in ten seconds")
    void lasts() {
        assertThat(movesWithin(59, 0.9, idle)).isZero();
        assertThat(movesWithin(2, 0.9, idle)).isEqualTo(1);
        assertThat(movesWithin(30, 0.9, idle)).isEqualTo(3);
    }

    @Test
    @DisplayName("keeps its rooms when it is busy now and then")
    void nowAndThen() {
        for (int i = 0; i < 10; i++) {
            assertThat(movesWithin(55, 0.9, idle)).isZero();
            assertThat(movesWithin(1, 0.2, idle)).isZero();
        }
    }

    @Test
    @DisplayName("keeps its rooms when the others are as busy, or are going")
    void nobodyBetter() {
        assertThat(movesWithin(200, 0.9, List.of(card(0.8, false), card(0.1, true))))
                .isZero();
        assertThat(movesWithin(200, 0.9, List.of())).isZero();
    }

    private int movesWithin(int seconds, double load, List<NodeCard> others) {
        int moves = 0;
        for (int i = 0; i < seconds; i++) {
            now += SECOND;
            moves += balance.tick(now, load, others).isPresent() ? 1 : 0;
        }
        return moves;
    }

    private static NodeCard card(double load, boolean draining) {
        return new NodeCard(
                "other", "127.0.0.1", 1, 1, false, "1", Instant.EPOCH, 0, 0, 0, 0, load, draining, List.of());
    }
}
