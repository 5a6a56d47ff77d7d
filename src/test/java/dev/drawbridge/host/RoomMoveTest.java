package dev.drawbridge.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.host.Relay.FarOutlet;
import dev.drawbridge.room.Effect;
import dev.drawbridge.room.Passenger;
import dev.drawbridge.room.Room;
import dev.drawbridge.store.CommitResult;
import dev.drawbridge.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(QuietHosts.class)
@DisplayName("A room that is to go to another node")
class RoomMoveTest {
    private static final int SERVICE_RESTART = 1012;

    private final HostFixture fixture = HostFixture.active();
    private final Relay relay = HandFar.telling();
    private final HandFar far = new HandFar(relay);
    private final HandRecipient traveller = fixture.join(new HandRecipient("traveller", far));
    private final HandRecipient local = fixture.join("local");
    private final HandRemoval removal = new HandRemoval();

    /** Says what it was asked for, and answers when the test says so. */
    private static class HandRemoval implements Removal {
        private final CompletableFuture<Void> held = new CompletableFuture<>();
        private final CompletableFuture<Boolean> brought = new CompletableFuture<>();
        private final List<String> asked = new ArrayList<>();
        private long clock;

        @Override
        public String successor() {
            return "b";
        }

        @Override
        public CompletionStage<Void> hold(List<FarOutlet> sessions) {
            asked.add("hold " + sessions.size());
            return held;
        }

        @Override
        public CompletionStage<Boolean> bring(List<Passenger> passengers) {
            asked.add("bring "
                    + passengers.stream()
                            .map(each -> each.visitor().sessionId())
                            .toList());
            return brought;
        }

        @Override
        public void goOn(List<FarOutlet> sessions, long clock) {
            asked.add("goOn " + sessions.size());
            this.clock = clock;
        }
    }

    private CompletableFuture<Boolean> move(HandRemoval by) {
        CompletionStage<Boolean> moved = fixture.host.move(by);
        fixture.executor.runAll();
        return moved.toCompletableFuture();
    }

    private CompletableFuture<Boolean> move() {
        return move(removal);
    }

    /** The edges have said that they say nothing more. */
    private void held() {
        removal.held.complete(null);
        fixture.executor.runAll();
    }

    private void given() {
        fixture.store.released();
        fixture.executor.runAll();
    }

    private void brought(boolean isOpen) {
        removal.brought.complete(isOpen);
        fixture.executor.runAll();
    }

    /** It has not gone there: whose socket is elsewhere connects again, and so does everybody else. */
    private void assertNotGone(CompletableFuture<Boolean> moved) {
        assertThat(moved).isCompletedWithValue(false);
        assertThat(far.closes()).containsExactly(SERVICE_RESTART);
        assertThat(local.closed()).contains("1012");
        assertThat(removal.asked).noneMatch(each -> each.startsWith("goOn"));
    }

    /** Nobody is waited for, and whoever comes next has the store asked for the room. */
    private void assertThatItCanBeOpenedAgain() {
        HandRecipient next = fixture.join("next");
        while (fixture.store.releasesAsked() > 0) {
            given();
        }
        if (fixture.hasEnded()) {
            assertThat(fixture.host.submit((room, now) -> List.of())).isFalse();
            return;
        }
        assertThat(fixture.store.opensAsked()).isEqualTo(1);
        fixture.store.opens(HostFixture.STORED);
        fixture.executor.runAll();
        assertThat(next.types()).containsExactly("connect");
    }

    @Test
    @DisplayName(
            "goes when all is stored and told, with those whose sockets are elsewhere; those whose are here connect again")
    void goes() {
        fixture.push(local, "page:1");
        CompletableFuture<Boolean> moved = move();
        assertThat(removal.asked).containsExactly("hold 1");
        assertThat(local.closed()).as("nothing is held here").isEmpty();
        held();
        assertThat(fixture.store.releasesAsked()).as("it is not stored yet").isZero();

        fixture.stored();
        assertThat(far.told()).hasSize(1).first().asString().contains("page:1");
        assertThat(local.types()).contains("push_result");
        assertThat(local.closed()).contains("1012");
        assertThat(fixture.store.successors()).containsExactly("b");
        assertThat(removal.asked).as("the store does not know it yet").hasSize(1);
        given();
        assertThat(removal.asked).containsExactly("hold 1", "bring [traveller]");
        assertThat(moved).isNotDone();
        assertThat(fixture.rooms.told()).containsExactly("opened 1", "changed by local 2");
        brought(true);
        assertThat(fixture.rooms.told()).endsWith("changed by local 2", "closed");

        assertThat(removal.asked).containsExactly("hold 1", "bring [traveller]", "goOn 1");
        assertThat(removal.clock).isEqualTo(2);
        assertThat(moved).isCompletedWithValue(true);
        assertThat(fixture.hasEnded()).isTrue();
        assertThat(far.closes()).isEmpty();
        assertThat(fixture.store.releasesAsked()).isZero();
    }

    @Test
    @DisplayName("says that it has gone only when it is not here any more: who hears of it looks for the room at once")
    void gone() {
        List<Boolean> ended = new ArrayList<>();
        CompletableFuture<Boolean> moved = move();
        var _ = moved.thenRun(() -> ended.add(fixture.hasEnded()));
        held();
        given();
        brought(true);
        assertThat(moved).isCompletedWithValue(true);
        assertThat(ended).containsExactly(true);
    }

    @Test
    @DisplayName("does not leave who asked for it without an answer when it fails over those who are elsewhere")
    void failsOverThoseElsewhere() {
        HandRemoval broken = new HandRemoval() {
            @Override
            public CompletionStage<Void> hold(List<FarOutlet> sessions) {
                throw new IllegalStateException("broken");
            }
        };
        CompletableFuture<Boolean> moved = move(broken);
        assertThat(moved).isCompletedWithValue(false);
        assertThat(fixture.hasEnded()).isTrue();
    }

    @Test
    @DisplayName("leaves behind who is in the middle of saying something, who connects again")
    void notQuiet() {
        far.isQuiet = false;
        HandFar other = new HandFar(relay);
        fixture.join(new HandRecipient("other", other));
        CompletableFuture<Boolean> moved = move();
        held();
        given();
        assertThat(removal.asked).containsExactly("hold 2", "bring [other]");
        brought(true);
        assertThat(removal.asked).endsWith("goOn 1");
        assertThat(traveller.closed()).contains("1012");
        assertThat(moved).isCompletedWithValue(true);
    }

    @Test
    @DisplayName("takes in what has come before those elsewhere were held, and tells who comes too late where it is")
    void onTheWay() {
        List<String> told = new ArrayList<>();
        CompletableFuture<Boolean> moved = move();
        fixture.push(traveller, "page:1");
        held();
        fixture.host.submit(toldWhere(told));
        fixture.executor.runAll();
        fixture.stored();
        given();
        brought(true);
        assertThat(removal.clock).isEqualTo(2);
        assertThat(moved).isCompletedWithValue(true);
        assertThat(fixture.store.opensAsked()).isEqualTo(1);
        fixture.store.isAt("b");
        fixture.executor.runAll();
        assertThat(told).containsExactly("b");
    }

    private static RoomInput toldWhere(List<String> told) {
        return new RoomInput() {
            @Override
            public List<Effect> applyTo(Room room, long now) {
                throw new AssertionError("the room is not here");
            }

            @Override
            public void elsewhere(String nodeId) {
                told.add(nodeId);
            }
        };
    }

    @Nested
    @DisplayName("stays, or is given up for now,")
    class NotGone {

        @Test
        @DisplayName("when it is not open: it goes nowhere, and is not opened for that")
        void notOpen() {
            HostFixture loading = new HostFixture();
            CompletableFuture<Boolean> moved = loading.host.move(removal).toCompletableFuture();
            loading.executor.runAll();
            assertThat(moved).isCompletedWithValue(false);
            assertThat(removal.asked).isEmpty();
            loading.store.opens(HostFixture.STORED);
            loading.executor.runAll();
            assertThat(loading.hasEnded()).isFalse();
        }

        @Test
        @DisplayName("when those elsewhere could not be held: nobody notices")
        void notHeld() {
            CompletableFuture<Boolean> moved = move();
            removal.held.completeExceptionally(new IllegalStateException("no"));
            fixture.executor.runAll();
            assertThat(moved).isCompletedWithValue(false);
            assertThat(fixture.store.releasesAsked()).isZero();
            fixture.push(traveller, "page:1");
            fixture.stored();
            assertThat(local.types()).containsExactly("connect", "patch");
            assertThat(far.closes()).isEmpty();
        }

        @Test
        @DisplayName("when the last commit fails for good: what was not stored was told to nobody")
        void commitFails() {
            fixture.push(local, "page:1");
            CompletableFuture<Boolean> moved = move();
            held();
            fixture.ends(new CommitResult.Fenced());
            assertThat(moved).isCompletedWithValue(false);
            assertThat(fixture.hasEnded()).isTrue();
            assertThat(local.types()).containsExactly("connect");
            assertThat(local.closed()).contains("1013");
            assertThat(traveller.closed()).contains("1013");
            assertThat(far.told()).isEmpty();
            assertThat(fixture.store.successors()).isEmpty();
        }

        @Test
        @DisplayName("when the last commit is answered only with failures for too long, or not at all")
        void commitNeverEnds() {
            fixture.push(local, "page:1");
            CompletableFuture<Boolean> moved = move();
            held();
            fixture.store.commit().fails();
            fixture.seconds(11);
            assertThat(moved).isCompletedWithValue(false);
            assertThat(fixture.hasEnded()).isTrue();
            assertThat(traveller.closed()).contains("1013");
        }

        @Test
        @DisplayName("when it cannot be given to the other node")
        void notGiven() {
            CompletableFuture<Boolean> moved = move();
            held();
            fixture.store.cannotRelease();
            fixture.executor.runAll();
            assertNotGone(moved);
            assertThatItCanBeOpenedAgain();
        }

        @Test
        @DisplayName("when the store does not say for too long whether it was given; its late answer changes nothing")
        void givingNeverEnds() {
            CompletableFuture<Boolean> moved = move();
            held();
            fixture.seconds(11);
            assertNotGone(moved);
            given();
            assertThat(removal.asked).noneMatch(each -> each.startsWith("bring"));
            assertThatItCanBeOpenedAgain();
        }

        @Test
        @DisplayName(
                "when the other node does not want it: it is taken back, for nobody else could open it while that is there")
        void notWanted() {
            CompletableFuture<Boolean> moved = move();
            held();
            given();
            brought(false);
            assertNotGone(moved);
            assertThat(fixture.store.successors()).containsExactly("b", "nobody");
            assertThatItCanBeOpenedAgain();
        }

        @Test
        @DisplayName("when the other node dies between being named and opening it")
        void successorDies() {
            CompletableFuture<Boolean> moved = move();
            held();
            given();
            HandRecipient waiting = fixture.join("waiting");
            removal.brought.completeExceptionally(new StoreException("the link is broken"));
            fixture.executor.runAll();
            assertNotGone(moved);
            assertThat(waiting.types()).isEmpty();
            given();
            assertThat(fixture.store.opensAsked()).isEqualTo(1);
            fixture.store.opens(HostFixture.STORED);
            fixture.executor.runAll();
            assertThat(waiting.types()).containsExactly("connect");
            assertThat(waiting.closed()).isEmpty();
        }

        @Test
        @DisplayName("when the other node never says that it has opened it; it may say so later, to no effect")
        void successorHangs() {
            CompletableFuture<Boolean> moved = move();
            held();
            given();
            fixture.seconds(11);
            assertNotGone(moved);
            brought(true);
            assertThat(removal.asked).noneMatch(each -> each.startsWith("goOn"));
            assertThatItCanBeOpenedAgain();
        }

        @Test
        @DisplayName("when this node has to let go of its rooms meanwhile")
        void dropped() {
            CompletableFuture<Boolean> moved = move();
            held();
            given();
            fixture.host.drop();
            fixture.executor.runAll();
            assertNotGone(moved);
            assertThat(fixture.hasEnded()).isTrue();
            brought(true);
            assertThat(removal.asked).noneMatch(each -> each.startsWith("goOn"));
        }

        @Test
        @DisplayName("when this node has to let go of its rooms while the last commit is under way")
        void droppedBeforeStored() {
            fixture.push(local, "page:1");
            CompletableFuture<Boolean> moved = move();
            held();
            fixture.host.drop();
            fixture.executor.runAll();
            assertThat(moved).isCompletedWithValue(false);
            assertThat(local.types()).containsExactly("connect");
            assertThat(traveller.closed()).contains("1013");
            fixture.stored();
            assertThat(fixture.store.successors()).isEmpty();
        }
    }

    @Nested
    @DisplayName("and at the same time")
    class Meanwhile {

        @Test
        @DisplayName("somewhere else: the first one wins, and the second is told that it did not go there")
        void twice() {
            CompletableFuture<Boolean> moved = move();
            HandRemoval second = new HandRemoval();
            CompletableFuture<Boolean> movedToo = move(second); // while the first waits for the edges
            held();
            second.held.complete(null);
            fixture.executor.runAll();
            CompletableFuture<Boolean> third = move(new HandRemoval()); // while the room is on its way
            assertThat(third).isCompletedWithValue(false);
            assertThat(movedToo).isNotDone();
            given();
            brought(true);
            assertThat(moved).isCompletedWithValue(true);
            assertThat(movedToo).isCompletedWithValue(false);
            assertThat(second.asked).containsExactly("hold 1");
            assertThat(fixture.store.successors()).containsExactly("b");
            assertThat(fixture.hasEnded()).isTrue();
        }

        @Test
        @DisplayName("is to be unloaded: it is not here any more, and that is enough; it is not opened once more")
        void unloaded() {
            CompletableFuture<Boolean> moved = move();
            held();
            CompletionStage<Boolean> unloaded = fixture.host.unload();
            fixture.executor.runAll();
            assertThat(unloaded.toCompletableFuture()).isNotDone();
            given();
            brought(true);
            assertThat(moved).isCompletedWithValue(true);
            assertThat(unloaded.toCompletableFuture()).isCompletedWithValue(false);
            assertThat(fixture.store.opensAsked()).isZero();
            assertThat(fixture.hasEnded()).isTrue();
        }

        @Test
        @DisplayName("is unloaded before those elsewhere are held: everybody connects again, and it goes nowhere")
        void unloadedBefore() {
            CompletableFuture<Boolean> moved = move();
            CompletionStage<Boolean> unloaded = fixture.host.unload();
            fixture.executor.runAll();
            held();
            assertThat(traveller.closed()).contains("1012");
            assertThat(fixture.store.successors()).containsExactly("nobody");
            given();
            assertThat(unloaded.toCompletableFuture()).isCompletedWithValue(true);
            assertThat(moved).isCompletedWithValue(false);
            assertThat(removal.asked).containsExactly("hold 1");
        }

        @Test
        @DisplayName("is deleted before those elsewhere are held: they are told so, and it goes nowhere")
        void deletedBefore() {
            CompletableFuture<Boolean> moved = move();
            CompletionStage<Boolean> deleted = fixture.host.delete();
            fixture.executor.runAll();
            held();
            fixture.store.deleted(true);
            fixture.executor.runAll();
            assertThat(deleted.toCompletableFuture()).isCompletedWithValue(true);
            assertThat(traveller.closed()).contains("NOT_FOUND");
            assertThat(moved).isCompletedWithValue(false);
            assertThat(fixture.store.successors()).isEmpty();
        }

        @Test
        @DisplayName("is to be deleted when it is gone: who has it now is named, for only that can tell those in it")
        void deletedMeanwhile() {
            CompletableFuture<Boolean> moved = move();
            held();
            CompletionStage<Boolean> deleted = fixture.host.delete();
            fixture.executor.runAll();
            given();
            brought(true);
            assertThat(moved).isCompletedWithValue(true);
            assertThat(fixture.store.deletesAsked()).isZero();
            assertThat(deleted.toCompletableFuture().exceptionNow())
                    .isInstanceOfSatisfying(
                            RoomCommandException.OwnedElsewhere.class,
                            owner -> assertThat(owner.nodeId()).isEqualTo("b"));
            assertThat(fixture.hasEnded()).isTrue();
        }

        @Test
        @DisplayName("is to be deleted, and has not gone after all: then it is deleted")
        void deletedAfterAll() {
            CompletableFuture<Boolean> moved = move();
            held();
            CompletionStage<Boolean> deleted = fixture.host.delete();
            fixture.executor.runAll();
            given();
            brought(false);
            assertNotGone(moved);
            given();
            fixture.store.deleted(true);
            fixture.executor.runAll();
            assertThat(deleted.toCompletableFuture()).isCompletedWithValue(true);
            assertThat(fixture.hasEnded()).isTrue();
        }

        @Test
        @DisplayName("the server shuts down: it goes, and the host ends")
        void shutDown() {
            fixture.push(local, "page:1");
            CompletableFuture<Boolean> moved = move();
            held();
            fixture.host.shutDown();
            fixture.executor.runAll();
            fixture.stored();
            given();
            assertThat(fixture.hasEnded()).isFalse();
            brought(true);
            assertThat(moved).isCompletedWithValue(true);
            assertThat(fixture.hasEnded()).isTrue();
        }

        @Test
        @DisplayName(
                "the server shuts down before those elsewhere are held: all connect again, and it is given to nobody")
        void shutDownBefore() {
            CompletableFuture<Boolean> moved = move();
            fixture.host.shutDown();
            fixture.executor.runAll();
            assertThat(traveller.closed()).contains("1012");
            given();
            held();
            assertThat(moved).isCompletedWithValue(false);
            assertThat(fixture.store.successors()).containsExactly("nobody");
            assertThat(fixture.hasEnded()).isTrue();
        }
    }
}
