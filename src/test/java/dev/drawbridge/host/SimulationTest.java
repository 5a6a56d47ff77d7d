package dev.drawbridge.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.host.Simulation.Parts;
import dev.drawbridge.host.Simulation.Stores;
import dev.drawbridge.room.DocumentChange;
import dev.drawbridge.room.Effect;
import dev.drawbridge.simulation.StoredRoom;
import dev.drawbridge.store.Ownership;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Acknowledged means stored, whatever happens: ten thousand rooms live through everything that can go wrong. A failure
 * names its seed and tells its story; {@code -Dtest=SimulationTest -Dseed=<seed>} tells it again.
 */
@ExtendWith(QuietHosts.class)
@DisplayName("A room among failing stores, nodes and networks")
class SimulationTest {
    /** {@code -Dseeds=100000} tries more of them. */
    private static final int SEEDS = Integer.getInteger("seeds", 10_000);

    @Test
    @DisplayName("never breaks a promise")
    void keepsItsPromises() {
        Long only = Long.getLong("seed");
        if (only != null) {
            System.out.println(Simulation.trace(only, Parts.SOUND));
            assertThat(Simulation.run(only, Parts.SOUND)).isNull();
            return;
        }
        LongStream.range(0, SEEDS)
                .parallel()
                .filter(seed -> Simulation.run(seed, Parts.SOUND) != null)
                .findFirst()
                .ifPresent(SimulationTest::assertKept);
    }

    @ParameterizedTest
    @ValueSource(longs = {2502, 6096})
    @DisplayName("does not bring back a record whose tombstone was pruned before its deletion was stored, "
            + "and does not lose one that was made again after that")
    void prunedInOneBatch(long seed) {
        assertKept(seed);
    }

    private static void assertKept(long seed) {
        String broken = Simulation.run(seed, Parts.SOUND);
        if (broken != null) {
            throw new AssertionError("seed " + seed + ": " + broken + "\n\n" + Simulation.trace(seed, Parts.SOUND));
        }
    }

    @Nested
    @DisplayName("is found out when it is built")
    class Broken {
        private static final int FEW = 300;

        @Test
        @DisplayName("on a store that does not ask who the owner is")
        void withoutFence() {
            assertFoundOut(
                    "no fence", on((time, random, trace, ledger) -> new SimulatedStore(time, random, trace, ledger) {
                        @Override
                        boolean isOwner(StoredRoom room, Ownership owner) {
                            return true;
                        }
                    }));
        }

        @Test
        @DisplayName("on a store that does not compare clocks")
        void withoutClockCheck() {
            assertFoundOut(
                    "no clock check",
                    on((time, random, trace, ledger) -> new SimulatedStore(time, random, trace, ledger) {
                        @Override
                        boolean follows(StoredRoom room, DocumentChange change) {
                            return true;
                        }
                    }));
        }

        @Test
        @DisplayName("on a store that lets an owner go on after a crash of the store")
        void withoutRunCheck() {
            assertFoundOut(
                    "no run check",
                    on((time, random, trace, ledger) -> new SimulatedStore(time, random, trace, ledger) {
                        @Override
                        boolean isOfHistory(Ownership owner, long present) {
                            return true;
                        }
                    }));
        }

        @Test
        @DisplayName("without the clock jump after a loss")
        void withoutClockJump() {
            assertFoundOut(
                    "no clock jump",
                    on((time, random, trace, ledger) -> new SimulatedStore(time, random, trace, ledger) {
                        @Override
                        boolean mayHaveLostCommits(StoredRoom room, long present) {
                            return false;
                        }
                    }));
        }

        @Test
        @DisplayName("on a store that is known by how often it was started alone, and fails over and back")
        void withoutReplicationId() {
            assertFoundOut(
                    "no replication id",
                    on((time, random, trace, ledger) -> new SimulatedStore(time, random, trace, ledger) {
                        @Override
                        long historyOf(long runs, long replications) {
                            return runs;
                        }
                    }));
        }

        @Test
        @DisplayName("on a store that notices copies of earlier runs only, not those of the same one")
        void withoutTransactionCount() {
            assertFoundOut(
                    "no count of transactions",
                    on((time, random, trace, ledger) -> new SimulatedStore(time, random, trace, ledger) {
                        @Override
                        boolean isNoticed(Copy copy, long present, long transactions) {
                            return copy.mark() != present;
                        }
                    }));
        }

        @Test
        @DisplayName("with rooms that begin at clock 1 when they are made again")
        void withoutFirstClock() {
            assertFoundOut(
                    "no first clock",
                    new Parts(
                            (time, random, trace, ledger) -> new SimulatedStore(time, random, trace, ledger) {
                                @Override
                                long clockFloor(StoredRoom room) {
                                    return 0;
                                }
                            },
                            CommitGate::new,
                            time -> () -> Instant.ofEpochMilli(1)));
        }

        @Test
        @DisplayName("on a store that forgets how far deleted rooms had come, among nodes whose clocks differ")
        void withoutClockFloor() {
            assertFoundOut(
                    "no clock floor",
                    on((time, random, trace, ledger) -> new SimulatedStore(time, random, trace, ledger) {
                        @Override
                        long clockFloor(StoredRoom room) {
                            return 0;
                        }
                    }));
        }

        @Test
        @DisplayName("with rooms that begin at a clock of a store that was emptied")
        void withoutWallClock() {
            assertFoundOut(
                    "no wall clock",
                    new Parts(SimulatedStore::new, CommitGate::new, time -> () -> Instant.ofEpochMilli(1)));
        }

        @Test
        @DisplayName("with a gate that lets everything pass at once")
        void withoutGate() {
            assertFoundOut("no gate", new Parts(SimulatedStore::new, OpenGate::new));
        }

        private static Parts on(Stores stores) {
            return new Parts(stores, CommitGate::new);
        }

        private static void assertFoundOut(String variant, Parts parts) {
            OptionalLong seed = LongStream.range(0, FEW)
                    .filter(candidate -> Simulation.run(candidate, parts) != null)
                    .findFirst();
            assertThat(seed).as("a seed below %d that fails", FEW).isPresent();
            System.out.println(variant + " is found out by seed " + seed.getAsLong());
        }
    }

    /** Stores changes like the real one, and holds nothing back. */
    private static final class OpenGate extends CommitGate {
        @Override
        List<Effect> pass(List<Effect> effects) {
            List<Effect> messages = new ArrayList<>(effects);
            messages.removeIf(Effect.Changed.class::isInstance);
            super.pass(effects.stream().filter(Effect.Changed.class::isInstance).toList());
            return messages;
        }
    }
}
