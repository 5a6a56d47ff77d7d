package dev.drawbridge.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("[§14] [§21.18] The pause of a loop")
class PauseTest {
    private static final long WINDOW = 50_000_000;

    private final Pause pause = new Pause(0);
    private long now;

    @Test
    @DisplayName("is a sixtieth of a second, also while the loop is fairly busy")
    void atEase() {
        windows(10, 0.2);

        assertThat(pause.nanos()).isEqualTo(Pause.SHORTEST);
    }

    @Test
    @DisplayName("grows while the loop has more to do than it can, up to an eighth of a second or so")
    void grows() {
        windows(1, 0.02);
        assertThat(pause.nanos()).isEqualTo(2 * Pause.SHORTEST);

        windows(10, 0);
        assertThat(pause.nanos()).isEqualTo(Pause.LONGEST).isLessThan(140_000_000);
    }

    @Test
    @DisplayName("stays while that just helps, and shrinks when there is time again")
    void shrinks() {
        windows(10, 0);
        windows(10, 0.3);
        assertThat(pause.nanos()).isEqualTo(Pause.LONGEST);

        windows(10, 0.5);
        assertThat(pause.nanos()).isEqualTo(Pause.SHORTEST);
    }

    private void windows(int count, double idle) {
        for (int i = 0; i < count; i++) {
            pause.idled((long) (idle * WINDOW));
            now += WINDOW;
            pause.look(now);
        }
    }
}
