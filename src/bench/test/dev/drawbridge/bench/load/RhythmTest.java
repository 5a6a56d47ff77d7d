package dev.drawbridge.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RhythmTest {

    @Test
    @DisplayName("everybody has a turn in each period, at even distances, and nothing adds up to a drift")
    void evenly() {
        Rhythm rhythm = new Rhythm(3, 100, 1_000);
        List<String> turns = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            turns.add(rhythm.due() + ":" + rhythm.next());
        }
        assertThat(turns).containsExactly("1000:0", "1033:1", "1066:2", "1100:0", "1133:1");

        for (int i = 5; i < 3_000; i++) {
            rhythm.next();
        }
        assertThat(rhythm.due()).isEqualTo(1_000 + 100 * 1_000);
    }

    @Test
    @DisplayName("who is a little late makes up for it; whole periods are skipped, and counted for everybody")
    void late() {
        Rhythm rhythm = new Rhythm(4, 100, 0);

        assertThat(rhythm.skip(99)).isZero();
        assertThat(rhythm.skip(-50)).isZero();
        assertThat(rhythm.due()).isZero();

        assertThat(rhythm.skip(310)).isEqualTo(12);
        assertThat(rhythm.due()).isEqualTo(300);
        assertThat(rhythm.next()).isZero();
    }
}
