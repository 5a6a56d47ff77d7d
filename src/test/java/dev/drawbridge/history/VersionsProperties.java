package dev.drawbridge.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.store.StoredRooms;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is true of versions after any sequence of changes, versions, renames, thinnings, deletions and restores. A store's own
 * test says which store it is.
 */
public abstract class VersionsProperties {
    private static final int STEPS = 120;

    /** A store without any versions. It is closed by the test. */
    protected abstract VersionStore empty() throws IOException;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    @DisplayName("Each version reads back as it was, and a restore gives that document and nothing else")
    void anySequence(long seed) throws Exception {
        try (VersionStore store = empty();
                HistoryFixture node = new HistoryFixture(store)) {
            Chronicle chronicle = new Chronicle(seed);
            chronicle.begin(node);
            for (int i = 0; i < STEPS; i++) {
                chronicle.step(node);
            }
            chronicle.check(node);
            chronicle.thin(node);
            chronicle.check(node);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13})
    @DisplayName("Wherever it is cut off, no version with a name is lost and none is unreadable")
    void cutOff(long seed) throws Exception {
        int writes = countWrites(seed);
        // Where exactly makes the difference; the seeds take turns, and so do before and after that write.
        for (int last = 1 + (int) (seed % 3); last <= writes; last += 3) {
            cutOff(seed, last);
        }
    }

    private int countWrites(long seed) throws Exception {
        try (VersionStore store = empty()) {
            CutOffVersionStore counting = new CutOffVersionStore(store, Integer.MAX_VALUE, false);
            try (HistoryFixture node = new HistoryFixture(counting)) {
                run(new Chronicle(seed), node);
            }
            assertThat(counting.blocksWritten()).as("chains were rebuilt").isPositive();
            assertThat(counting.blocksRemoved()).as("blocks were given up").isPositive();
            return counting.writes();
        }
    }

    private void cutOff(long seed, int last) throws Exception {
        try (VersionStore store = empty();
                HistoryFixture node = new HistoryFixture(new CutOffVersionStore(store, last, last % 2 == 0))) {
            Chronicle chronicle = new Chronicle(seed);
            run(chronicle, node);
            try (HistoryFixture after = node.restarted(store)) {
                chronicle.check(after);
                chronicle.thin(after);
                node.clock.advance(Duration.ofDays(1));
                StoredRooms.get(after.versions.make(Chronicle.ROOM, Reason.API, Optional.empty()));
                node.clock.advance(Duration.ofHours(1));
                chronicle.thin(after);
                chronicle.check(after);
            }
        }
    }

    private static void run(Chronicle chronicle, HistoryFixture node) throws InterruptedException {
        chronicle.begin(node);
        for (int i = 0; i < STEPS; i++) {
            chronicle.step(node);
        }
    }
}
