package dev.drawbridge.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.cluster.ClusterSimulation.Parts;
import dev.drawbridge.cluster.ClusterSimulation.Redises;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * One room on several nodes: whatever fails, one of them at a time may write, and what was acknowledged is stored. A failure
 * names its seed and tells its story; {@code -Dtest=ClusterSimulationTest -Dseed=<seed>} tells it again.
 */
@ExtendWith(QuietNodes.class)
@DisplayName("A room among nodes, links and stores that fail")
class ClusterSimulationTest {
    /** {@code -Dseeds=100000} tries more of them. */
    private static final int SEEDS = Integer.getInteger("seeds", 10_000);

    private static final int FIRST = Integer.getInteger("first", 0);

    @Test
    @DisplayName("never breaks a promise")
    void keepsItsPromises() {
        Long only = Long.getLong("seed");
        if (only != null) {
            System.out.println(ClusterSimulation.trace(only, Parts.SOUND));
            assertThat(ClusterSimulation.run(only, Parts.SOUND)).isNull();
            return;
        }
        LongStream.range(FIRST, FIRST + SEEDS)
                .parallel()
                .filter(seed -> ClusterSimulation.run(seed, Parts.SOUND) != null)
                .findFirst()
                .ifPresent(ClusterSimulationTest::assertKept);
    }

    private static void assertKept(long seed) {
        String broken = ClusterSimulation.run(seed, Parts.SOUND);
        if (broken != null) {
            throw new AssertionError(
                    "seed " + seed + ": " + broken + "\n\n" + ClusterSimulation.trace(seed, Parts.SOUND));
        }
    }

    @Nested
    @DisplayName("is found out when it is built")
    class Broken {
        private static final int FEW = 2_000;

        @Test
        @DisplayName("on a store that does not compare tokens")
        void withoutToken() {
            assertFoundOut(
                    "no token", on((time, random, trace, ledger) -> new SimulatedRedis(time, random, trace, ledger) {
                        @Override
                        boolean isToken(String owner, @Nullable String present) {
                            return true;
                        }
                    }));
        }

        @Test
        @DisplayName("on a store that does not compare epochs")
        void withoutEpoch() {
            assertFoundOut(
                    "no epoch", on((time, random, trace, ledger) -> new SimulatedRedis(time, random, trace, ledger) {
                        @Override
                        boolean isEpoch(long owner, long present) {
                            return true;
                        }
                    }));
        }

        @Test
        @DisplayName("on a store that lets an owner go on after it may have been set back")
        void withoutHistory() {
            assertFoundOut(
                    "no history", on((time, random, trace, ledger) -> new SimulatedRedis(time, random, trace, ledger) {
                        @Override
                        boolean isOfHistory(String token, long present) {
                            return true;
                        }
                    }));
        }

        @Test
        @DisplayName("without the clock jump after a loss")
        void withoutClockJump() {
            assertFoundOut(
                    "no clock jump",
                    on((time, random, trace, ledger) -> new SimulatedRedis(time, random, trace, ledger) {
                        @Override
                        boolean mayHaveLostCommits(long writtenBy, long present) {
                            return false;
                        }
                    }));
        }

        @Test
        @DisplayName("of nodes that keep their rooms when they may have been taken for gone")
        void withoutDrop() {
            assertFoundOut("no drop", new Parts(SimulatedRedis::new, SimulatedNode.Flaw.KEEPS_ROOMS));
        }

        private static Parts on(Redises redises) {
            return new Parts(redises, SimulatedNode.Flaw.NONE);
        }

        private static void assertFoundOut(String variant, Parts parts) {
            OptionalLong seed = LongStream.range(0, FEW)
                    .filter(candidate -> ClusterSimulation.run(candidate, parts) != null
                            && ClusterSimulation.run(candidate, Parts.SOUND) == null)
                    .findFirst();
            assertThat(seed).as("a seed below %d that fails", FEW).isPresent();
            System.out.println(variant + " is found out by seed " + seed.getAsLong() + ": "
                    + ClusterSimulation.run(seed.getAsLong(), parts));
        }
    }
}
