package dev.drawbridge.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.room.Effect;
import dev.drawbridge.room.Room;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.schema.SerializedSchema;
import dev.drawbridge.store.CommitResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(QuietHosts.class)
@DisplayName("A room host")
class RoomHostTest {

    @Nested
    @DisplayName("while it loads")
    class Loading {
        private final HostFixture fixture = new HostFixture();

        @Test
        @DisplayName("keeps what comes, and handles it in order when the room is there")
        void keepsInputs() {
            HandRecipient client = fixture.join("a");
            fixture.ping(client);
            assertThat(client.types()).isEmpty();

            fixture.store.opens(HostFixture.STORED);
            fixture.executor.runAll();
            assertThat(client.types()).containsExactly("connect", "pong");
        }

        @Test
        @DisplayName("closes everybody so that they come back when the room cannot be loaded")
        void loadFails() {
            HandRecipient client = fixture.join("a");
            fixture.store.cannotOpen();
            fixture.executor.runAll();

            assertThat(fixture.hasEnded()).isTrue();
            assertThat(fixture.host.submit((room, now) -> List.of())).isFalse();
            assertThat(client.types()).isEmpty();
        }

        @Test
        @DisplayName("tells each input that waits when the room cannot be loaded")
        void dropsInputs() {
            CountedInput input = new CountedInput();
            fixture.host.submit(input);
            fixture.store.cannotOpen();
            fixture.executor.runAll();
            assertThat(input.dropped).isEqualTo(1);
        }

        @Test
        @DisplayName("tells each input where the room is when another node has it, those too that come at that moment")
        void elsewhere() {
            List<String> told = new ArrayList<>();
            fixture.host.submit(toldWhere(told));
            fixture.executor.runAll();
            fixture.store.isAt("other"); // the answer is in the mailbox, and is not dealt with yet
            assertThat(fixture.host.submit(toldWhere(told))).isTrue();
            fixture.executor.runAll();

            assertThat(fixture.hasEnded()).isTrue();
            assertThat(told).containsExactly("other", "other");
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

        @Test
        @DisplayName("never makes an empty room of one that is stored and cannot be used")
        void damagedRoom() {
            StoredRecord damaged = new StoredRecord("page:page", "{".getBytes(StandardCharsets.UTF_8), 1);
            CountedInput input = new CountedInput();
            fixture.host.submit(input);
            fixture.store.opens(new RoomSnapshot(List.of(damaged), Map.of(), 1, 1, SerializedSchema.EARLIEST));
            fixture.executor.runAll();

            assertThat(fixture.hasEnded()).isTrue();
            assertThat(fixture.store.commitsAsked()).isZero();
            assertThat(input.dropped).isEqualTo(1);
        }

        @Test
        @DisplayName("gives the room up when the store does not answer, and does not mind when it does at last")
        void loadNeverEnds() {
            fixture.join("a");
            fixture.tickAfter(Duration.ofSeconds(10));
            assertThat(fixture.hasEnded()).isFalse();
            fixture.tickAfter(Duration.ofSeconds(1));
            assertThat(fixture.hasEnded()).isTrue();

            fixture.store.opens(HostFixture.STORED);
            fixture.executor.runAll();
            assertThat(fixture.hasEnded()).isTrue();
        }

        @Test
        @DisplayName("shows a new room to nobody before it is stored")
        void newRoom() {
            HandRecipient client = fixture.join("a");
            fixture.store.opens(Optional.empty(), false);
            fixture.executor.runAll();
            assertThat(client.types()).isEmpty();

            HandStore.Commit commit = fixture.store.commit();
            assertThat(commit.change().previousClock()).isZero();
            commit.is(new CommitResult.Committed());
            fixture.executor.runAll();
            assertThat(client.types()).containsExactly("connect");
        }

        @Test
        @DisplayName("stores the clock jump before anybody sees a room that may have lost commits")
        void clockJump() {
            HandRecipient client = fixture.join("a");
            fixture.store.opens(Optional.of(HostFixture.STORED), true);
            fixture.executor.runAll();
            assertThat(client.types()).isEmpty();

            HandStore.Commit commit = fixture.store.commit();
            assertThat(commit.change().clock()).isGreaterThan(1_000_000);
            commit.is(new CommitResult.Committed());
            fixture.executor.runAll();
            assertThat(client.last().string("hydrationType")).isEqualTo("wipe_all");
            assertThat(client.last().get("serverClock"))
                    .isEqualTo(JsonNumber.of((double) commit.change().clock()));
        }
    }

    @Nested
    @DisplayName("that stores a change")
    class Committing {
        private final HostFixture fixture = HostFixture.active();
        private final HandRecipient pusher = fixture.join("a");
        private final HandRecipient other = fixture.join("b");

        @Test
        @DisplayName("tells nobody before it is stored, and everybody then")
        void acknowledgedMeansStored() {
            fixture.push(pusher, "page:1");
            assertThat(pusher.types()).containsExactly("connect");
            assertThat(other.types()).containsExactly("connect");

            fixture.stored();
            assertThat(pusher.types()).containsExactly("connect", "push_result");
            assertThat(other.types()).containsExactly("connect", "patch");
        }

        @Test
        @DisplayName("lets who joins meanwhile wait for what it would see")
        void joinWaits() {
            fixture.push(pusher, "page:1");
            HandRecipient late = fixture.join("c");
            assertThat(late.types()).isEmpty();
            fixture.stored();
            assertThat(late.types()).containsExactly("connect");
        }

        @Test
        @DisplayName("answers a ping meanwhile")
        void pongs() {
            fixture.push(pusher, "page:1");
            fixture.ping(pusher);
            assertThat(pusher.types()).containsExactly("connect", "pong");
        }

        @Test
        @DisplayName("stores what comes meanwhile as one")
        void batches() {
            fixture.push(pusher, "page:1");
            fixture.push(pusher, "page:2");
            fixture.push(other, "page:3");
            assertThat(fixture.store.commitsAsked()).isEqualTo(1);

            fixture.stored();
            assertThat(pusher.types()).containsExactly("connect", "push_result");
            HandStore.Commit second = fixture.store.commit();
            assertThat(second.change().puts()).extracting(StoredRecord::id).containsExactly("page:2", "page:3");
        }

        @Test
        @DisplayName("gives the room up when somebody else has opened it")
        void fenced() {
            fixture.push(pusher, "page:1");
            fixture.ends(new CommitResult.Fenced());
            assertGivenUp();
        }

        @Test
        @DisplayName("gives the room up when the store has another clock")
        void conflict() {
            fixture.push(pusher, "page:1");
            fixture.ends(new CommitResult.Conflict(7));
            assertGivenUp();
        }

        @Test
        @DisplayName("tries again when a commit fails, the same change")
        void retries() {
            fixture.push(pusher, "page:1");
            HandStore.Commit first = fixture.store.commit();
            first.fails();
            fixture.seconds(1);
            HandStore.Commit second = fixture.store.commit();
            assertThat(second.change()).isSameAs(first.change());

            second.is(new CommitResult.Committed());
            fixture.executor.runAll();
            assertThat(pusher.types()).containsExactly("connect", "push_result");
        }

        @Test
        @DisplayName("gives the room up when commits go on failing")
        void failsForGood() {
            fixture.push(pusher, "page:1");
            for (int i = 0; i < 11; i++) {
                assertThat(fixture.hasEnded()).isFalse();
                fixture.store.commit().fails();
                fixture.seconds(1);
            }
            assertGivenUp();
        }

        @Test
        @DisplayName("gives the room up when a commit never ends, and does not believe its late answer")
        void commitNeverEnds() {
            fixture.push(pusher, "page:1");
            fixture.seconds(11);
            assertGivenUp();
            fixture.stored();
            assertGivenUp();
        }

        @Test
        @DisplayName("closes those too whose close had to wait, and takes back what it refused in doubt")
        void heldClose() {
            fixture.push(pusher, "page:1");
            fixture.pushInvalid(other);
            assertThat(other.closed()).isEmpty();
            fixture.ends(new CommitResult.Fenced());
            assertThat(other.closed()).contains("1013");
        }

        @Test
        @DisplayName("takes nothing in while too much waits for the store")
        void boundsWhatWaits() {
            for (int i = 1; i <= 3; i++) {
                fixture.push(pusher, "page:" + i); // two effects each: a push result and a patch
            }
            fixture.ping(pusher);
            assertThat(pusher.types()).containsExactly("connect");

            fixture.stored();
            assertThat(pusher.types()).containsExactly("connect", "push_result", "pong");
            assertThat(fixture.store.commit().change().puts())
                    .extracting(StoredRecord::id)
                    .containsExactly("page:2", "page:3");
        }

        @Test
        @DisplayName("takes in what has waited when less waits for the store")
        void resumes() {
            for (int i = 1; i <= 4; i++) {
                fixture.push(pusher, "page:" + i);
            }
            fixture.stored();
            fixture.stored();
            fixture.stored();
            assertThat(pusher.types())
                    .containsExactly("connect", "push_result", "push_result", "push_result", "push_result");
            assertThat(fixture.store.commitsAsked()).isZero();
        }

        private void assertGivenUp() {
            assertThat(fixture.hasEnded()).isTrue();
            assertThat(List.of(pusher, other)).allSatisfy(client -> {
                assertThat(client.types()).containsExactly("connect");
                assertThat(client.closed()).contains("1013");
            });
        }
    }

    @Nested
    @DisplayName("that handles inputs")
    class Active {
        private final HostFixture fixture = HostFixture.active();

        @Test
        @DisplayName("refuses a session that pushes nonsense, and no other")
        void refuses() {
            HandRecipient good = fixture.join("good");
            HandRecipient bad = fixture.join("bad");
            fixture.pushInvalid(bad);
            assertThat(bad.closed()).contains("INVALID_RECORD");
            assertThat(good.closed()).isEmpty();
            assertThat(fixture.hasEnded()).isFalse();
        }

        @Test
        @DisplayName("gives a room up that has thrown: nobody knows what it holds")
        void bug() {
            HandRecipient client = fixture.join("a");
            fixture.host.submit((room, now) -> {
                throw new IllegalStateException("a bug");
            });
            fixture.executor.runAll();
            assertThat(fixture.hasEnded()).isTrue();
            assertThat(client.closed()).contains("1013");
        }

        @Test
        @DisplayName("[§15] closes the socket that another one replaces")
        void replaces() {
            HandRecipient first = fixture.join("a");
            HandRecipient second = fixture.join("a");
            assertThat(first.closed()).contains("1000");
            assertThat(second.closed()).isEmpty();
        }

        @Test
        @DisplayName("[§15] gives up on a client that is silent")
        void silence() {
            HandRecipient client = fixture.join("a");
            fixture.seconds(21);
            assertThat(client.closed()).contains("1000");
        }
    }

    @Nested
    @DisplayName("whose last session has ended")
    class Unloading {
        private final HostFixture fixture = HostFixture.active();

        @Test
        @DisplayName("gives the room back some time later")
        void unloads() {
            HandRecipient client = fixture.join("a");
            fixture.leave(client);
            fixture.seconds(6); // the session's own time
            fixture.seconds(29);
            assertThat(fixture.store.releasesAsked()).isZero();
            fixture.seconds(1);
            assertThat(fixture.store.releasesAsked()).isEqualTo(1);
            assertThat(fixture.hasEnded()).isFalse();

            fixture.store.released();
            fixture.executor.runAll();
            assertThat(fixture.hasEnded()).isTrue();
        }

        @Test
        @DisplayName("gives back a room that nobody has ever entered")
        void neverEntered() {
            fixture.seconds(30);
            assertThat(fixture.store.releasesAsked()).isEqualTo(1);
        }

        @Test
        @DisplayName("keeps the room while something is not stored")
        void keepsUnstored() {
            HandRecipient client = fixture.join("a");
            fixture.push(client, "page:1");
            HandStore.Commit commit = fixture.store.commit();
            fixture.leave(client);
            fixture.seconds(8);
            assertThat(fixture.store.releasesAsked()).isZero();
            commit.is(new CommitResult.Committed());
            fixture.executor.runAll();
            fixture.seconds(30);
            assertThat(fixture.store.releasesAsked()).isEqualTo(1);
        }

        @Test
        @DisplayName("keeps the room for somebody who comes in time")
        void comesInTime() {
            fixture.seconds(29);
            HandRecipient client = fixture.join("a");
            fixture.seconds(2);
            assertThat(client.types()).containsExactly("connect");
            assertThat(fixture.store.releasesAsked()).isZero();
        }

        @Test
        @DisplayName("lets somebody who comes too late wait, and loads the room again")
        void comesLate() {
            fixture.seconds(30);
            HandRecipient client = fixture.join("a");
            assertThat(fixture.store.opensAsked()).isZero();

            fixture.store.released();
            fixture.executor.runAll();
            assertThat(fixture.store.opensAsked()).isEqualTo(1);
            fixture.store.opens(HostFixture.STORED);
            fixture.executor.runAll();
            assertThat(client.types()).containsExactly("connect");
            assertThat(client.last().get("hydrationType")).isEqualTo(new JsonString("wipe_all"));
            assertThat(fixture.hasEnded()).isFalse();
        }

        @Test
        @DisplayName("does not load the room again for somebody who only reads, and who has the answer from the store")
        void readsLate() {
            CompletableFuture<Long> store = new CompletableFuture<>();
            Command.Read<Long> early = new Command.Read<>("room", Room::documentClock, () -> store);
            fixture.host.submit(early);
            fixture.executor.runAll();
            assertThat(early.answer().toCompletableFuture()).isCompletedWithValue(1L);

            fixture.seconds(30);
            Command.Read<Long> late = new Command.Read<>("room", Room::documentClock, () -> store);
            fixture.host.submit(late);
            fixture.executor.runAll();
            fixture.store.released();
            fixture.executor.runAll();

            assertThat(fixture.store.opensAsked()).isZero();
            assertThat(fixture.hasEnded()).isTrue();
            store.complete(7L);
            assertThat(late.answer().toCompletableFuture()).isCompletedWithValue(7L);
        }

        @Test
        @DisplayName("ends when the room cannot be given back: the next owner takes it")
        void releaseFails() {
            fixture.seconds(30);
            fixture.store.cannotRelease();
            fixture.executor.runAll();
            assertThat(fixture.hasEnded()).isTrue();
        }

        @Test
        @DisplayName("does not wait for ever for a store that does not take it back")
        void releaseNeverEnds() {
            fixture.seconds(30);
            HandRecipient client = fixture.join("a");
            fixture.seconds(11);
            assertThat(fixture.store.opensAsked()).isEqualTo(1);
            fixture.store.released(); // too late to matter
            fixture.executor.runAll();
            assertThat(fixture.store.opensAsked()).isEqualTo(1);
            fixture.store.opens(HostFixture.STORED);
            fixture.executor.runAll();
            assertThat(client.types()).containsExactly("connect");
        }
    }

    @Nested
    @DisplayName("when the server shuts down")
    class ShuttingDown {
        private final HostFixture fixture = HostFixture.active();

        @Test
        @DisplayName("gives the room back and sends its clients elsewhere")
        void shutsDown() {
            HandRecipient client = fixture.join("a");
            shutDown();
            assertThat(client.closed()).contains("1012");
            assertThat(fixture.hasEnded()).isFalse();
            fixture.store.released();
            fixture.executor.runAll();
            assertThat(fixture.hasEnded()).isTrue();
        }

        @Test
        @DisplayName("stores what is to be stored first, and tells of it")
        void storesFirst() {
            HandRecipient client = fixture.join("a");
            fixture.push(client, "page:1");
            fixture.push(client, "page:2");
            shutDown();
            assertThat(client.closed()).isEmpty();
            fixture.stored();
            assertThat(client.closed()).isEmpty();
            fixture.stored();
            assertThat(client.types()).containsExactly("connect", "push_result", "push_result");
            assertThat(client.closed()).contains("1012");
        }

        @Test
        @DisplayName("takes nothing in any more")
        void takesNothingIn() {
            HandRecipient client = fixture.join("a");
            fixture.push(client, "page:1");
            shutDown();
            fixture.push(client, "page:2");
            fixture.stored();
            assertThat(fixture.store.commitsAsked()).isZero();
            assertThat(client.types()).containsExactly("connect", "push_result");
        }

        @Test
        @DisplayName("does not load the room again for somebody who comes now")
        void doesNotReload() {
            shutDown();
            CountedInput late = new CountedInput();
            fixture.host.submit(late);
            fixture.executor.runAll();
            fixture.store.released();
            fixture.executor.runAll();
            assertThat(fixture.hasEnded()).isTrue();
            assertThat(late.dropped).isEqualTo(1);
        }

        @Test
        @DisplayName("ends also when the store does not take the last commit")
        void lastCommitFails() {
            HandRecipient client = fixture.join("a");
            fixture.push(client, "page:1");
            shutDown();
            fixture.seconds(11);
            assertThat(fixture.hasEnded()).isTrue();
            assertThat(client.closed()).contains("1013");
        }

        @Test
        @DisplayName("lets a room finish loading first")
        void whileLoading() {
            HostFixture loading = new HostFixture();
            CountedInput input = new CountedInput();
            loading.host.submit(input);
            loading.host.shutDown();
            loading.store.opens(HostFixture.STORED);
            loading.executor.runAll();
            loading.store.released();
            loading.executor.runAll();
            assertThat(loading.hasEnded()).isTrue();
            assertThat(input.dropped).isEqualTo(1);
        }

        private void shutDown() {
            fixture.host.shutDown();
            fixture.executor.runAll();
        }
    }

    @Nested
    @DisplayName("that an operator unloads")
    class Unloaded {
        private final HostFixture fixture = HostFixture.active();

        @Test
        @DisplayName("waits for the commit that is under way, tells of it, and is there anew for who comes")
        void whileCommitting() {
            HandRecipient client = fixture.join("a");
            fixture.push(client, "page:1");
            CompletionStage<Boolean> unloaded = unload();
            assertThat(fixture.store.releasesAsked()).isZero();
            assertThat(client.closed()).isEmpty();

            fixture.stored();
            assertThat(client.types()).containsExactly("connect", "push_result");
            assertThat(client.closed()).contains("1012");
            assertThat(unloaded.toCompletableFuture()).isNotDone();

            HandRecipient next = fixture.join("b");
            fixture.store.released();
            fixture.executor.runAll();
            assertThat(unloaded.toCompletableFuture()).isCompletedWithValue(true);
            fixture.store.opens(HostFixture.STORED);
            fixture.executor.runAll();
            assertThat(next.types()).containsExactly("connect");
        }

        @Test
        @DisplayName("is not here any more when the operator is told")
        void toldLast() {
            List<Boolean> ended = new ArrayList<>();
            var _ = unload().thenRun(() -> ended.add(fixture.hasEnded()));
            fixture.store.released();
            fixture.executor.runAll();
            assertThat(ended).containsExactly(true);
        }

        @Test
        @DisplayName("waits for what gathers behind that commit too")
        void withMoreToStore() {
            HandRecipient client = fixture.join("a");
            fixture.push(client, "page:1");
            fixture.push(client, "page:2");
            unload();
            fixture.stored();
            assertThat(client.closed()).isEmpty();
            fixture.stored();
            assertThat(client.types()).containsExactly("connect", "push_result", "push_result");
            assertThat(client.closed()).contains("1012");
        }

        @Test
        @DisplayName("is given up when that commit fails for good, and the operator is told")
        void commitFails() {
            HandRecipient client = fixture.join("a");
            fixture.push(client, "page:1");
            CompletionStage<Boolean> unloaded = unload();
            fixture.ends(new CommitResult.Fenced());
            assertThat(fixture.hasEnded()).isTrue();
            assertThat(client.closed()).contains("1013");
            assertThat(unloaded.toCompletableFuture()).isCompletedExceptionally();
        }

        @Test
        @DisplayName("is not opened once more for a second operator who wants the same")
        void twice() {
            unload();
            CompletionStage<Boolean> second = unload();
            fixture.store.released();
            fixture.executor.runAll();
            assertThat(second.toCompletableFuture()).as("whether it was open").isCompletedWithValue(false);
            assertThat(fixture.hasEnded()).isTrue();
            assertThat(fixture.store.opensAsked()).isZero();
        }

        @Test
        @DisplayName("was not open when it has just turned out that there is none")
        void notThere() {
            RoomHost host = new RoomHost("nothing", fixture.services);
            host.submit((room, now) -> List.of());
            fixture.executor.runAll();
            fixture.store.opens(Optional.empty(), false);
            fixture.executor.runAll();
            CompletionStage<Boolean> unloaded = host.unload();
            fixture.executor.runAll();
            assertThat(unloaded.toCompletableFuture()).isNotDone();
            fixture.store.released();
            fixture.executor.runAll();
            assertThat(unloaded.toCompletableFuture()).isCompletedWithValue(false);
        }

        @Test
        @DisplayName("is not opened once more to be deleted")
        void deletedMeanwhile() {
            unload();
            CompletionStage<Boolean> deleted = fixture.host.delete();
            fixture.executor.runAll();
            fixture.store.released();
            fixture.executor.runAll();
            fixture.store.deleted(true);
            fixture.executor.runAll();
            assertThat(deleted.toCompletableFuture()).isCompletedWithValue(true);
            assertThat(fixture.store.opensAsked()).isZero();
            assertThat(fixture.hasEnded()).isTrue();
        }

        @Test
        @DisplayName("shuts down when the server does so meanwhile")
        void shutDownMeanwhile() {
            HandRecipient client = fixture.join("a");
            fixture.push(client, "page:1");
            unload();
            fixture.host.shutDown();
            fixture.executor.runAll();
            fixture.stored();
            fixture.store.released();
            fixture.executor.runAll();
            assertThat(fixture.hasEnded()).isTrue();
            assertThat(client.closed()).contains("1012");
        }

        private CompletionStage<Boolean> unload() {
            CompletionStage<Boolean> unloaded = fixture.host.unload();
            fixture.executor.runAll();
            return unloaded;
        }
    }

    /** An input that counts what becomes of it. */
    private static final class CountedInput implements RoomInput {
        private int dropped;

        @Override
        public List<Effect> applyTo(Room room, long now) {
            return List.of();
        }

        @Override
        public void dropped() {
            dropped++;
        }
    }
}
