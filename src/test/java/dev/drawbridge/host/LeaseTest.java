package dev.drawbridge.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.room.Effect;
import dev.drawbridge.room.Room;
import dev.drawbridge.store.CommitResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(QuietHosts.class)
@DisplayName("A room at a node that may have been taken for gone")
class LeaseTest {
    private final HostFixture fixture = HostFixture.active();
    private final HandRecipient client = fixture.join("a");

    private void lapse() {
        fixture.lease.isHeld = false;
    }

    private void drop() {
        fixture.host.drop();
        fixture.executor.runAll();
    }

    private void assertDropped() {
        assertThat(fixture.hasEnded()).isTrue();
        assertThat(client.closed()).as("a code after which it connects again").contains("1013");
        assertThat(fixture.store.releasesAsked())
                .as("it may be another's already")
                .isZero();
    }

    @Test
    @DisplayName("is given up by the next tick, also when there is nothing to be stored")
    void tick() {
        lapse();
        fixture.seconds(1);
        assertDropped();
        assertThat(fixture.store.commitsAsked()).isZero();
    }

    @Test
    @DisplayName("answers nobody who is in it, and hydrates nobody who comes, from what may be stale")
    void presenceOnly() {
        HandRecipient other = fixture.join("b");
        lapse();
        fixture.ping(other);
        HandRecipient late = fixture.join("c");
        assertDropped();
        assertThat(other.types()).containsExactly("connect");
        assertThat(other.closed()).contains("1013");
        assertThat(late.types()).isEmpty();
    }

    @Test
    @DisplayName("takes no change, and asks the store for nothing more")
    void change() {
        lapse();
        fixture.push(client, "page:1");
        assertDropped();
        assertThat(fixture.store.commitsAsked()).isZero();
        assertThat(client.types()).containsExactly("connect");
    }

    @Test
    @DisplayName("acknowledges nothing of what was on its way to the store, whatever the store says")
    void pending() {
        fixture.push(client, "page:1");
        HandStore.Commit commit = fixture.store.commit();
        lapse();
        fixture.seconds(1);
        assertDropped();
        commit.is(new CommitResult.Committed());
        fixture.executor.runAll();
        fixture.seconds(3);
        assertThat(client.types()).containsExactly("connect");
        assertThat(fixture.store.commitsAsked()).isZero();
    }

    @Test
    @DisplayName("that is only being opened lets nobody in")
    void opening() {
        HostFixture loading = new HostFixture();
        HandRecipient waiting = loading.join("a");
        loading.lease.isHeld = false;
        loading.store.opens(HostFixture.STORED);
        loading.executor.runAll();
        assertThat(loading.hasEnded()).isTrue();
        assertThat(waiting.types()).isEmpty();
    }

    @Test
    @DisplayName("tells an operator who waits for something there that it was not done")
    void operator() {
        fixture.push(client, "page:1");
        CompletionStage<Boolean> unloaded = fixture.host.unload();
        fixture.executor.runAll();
        drop();
        assertThat(unloaded.toCompletableFuture().exceptionNow()).isInstanceOf(RoomCommandException.Unavailable.class);
        Command.Read<Long> late = new Command.Read<>("room", Room::documentClock, CompletableFuture::new);
        assertThat(fixture.host.submit(late)).isFalse();
    }

    @Nested
    @DisplayName("whose node lets go of all of them")
    class Dropped {

        @Test
        @DisplayName("is dropped with what it had begun to store, and with whoever was on the way in")
        void withCommit() {
            fixture.push(client, "page:1");
            HandStore.Commit commit = fixture.store.commit();
            int[] dropped = {0};
            fixture.host.submit(new RoomInput() {
                @Override
                public List<Effect> applyTo(Room room, long now) {
                    throw new AssertionError("it is too late");
                }

                @Override
                public void dropped() {
                    dropped[0]++;
                }
            });
            drop(); // that input is in the mailbox, before the drop
            assertDropped();
            assertThat(dropped[0]).isEqualTo(1);
            commit.is(new CommitResult.Committed());
            fixture.executor.runAll();
            assertThat(client.types()).containsExactly("connect");
        }

        @Test
        @DisplayName("is dropped while the store is asked for it, whose answer comes to nothing")
        void whileOpening() {
            HostFixture loading = new HostFixture();
            HandRecipient waiting = loading.join("a");
            loading.host.drop();
            loading.executor.runAll();
            assertThat(loading.hasEnded()).isTrue();
            loading.store.opens(HostFixture.STORED);
            loading.executor.runAll();
            assertThat(waiting.types()).isEmpty();
            assertThat(loading.store.commitsAsked()).isZero();
        }

        @Test
        @DisplayName(
                "is dropped while it is given back, which is as good as unloaded to an operator who waits for that")
        void whileReturning() {
            CompletionStage<Boolean> unloaded = fixture.host.unload();
            fixture.executor.runAll();
            assertThat(fixture.store.releasesAsked()).isEqualTo(1);
            assertThat(client.closed()).contains("1012");
            drop();
            assertThat(fixture.hasEnded()).isTrue();
            assertThat(unloaded.toCompletableFuture()).isCompletedWithValue(true);
            fixture.store.released();
            fixture.executor.runAll();
            assertThat(fixture.store.opensAsked()).isZero();
        }

        @Test
        @DisplayName(
                "is dropped while it is deleted: who is in it connects again, and an operator is told that nobody knows")
        void whileDeleting() {
            CompletionStage<Boolean> deleted = fixture.host.delete();
            fixture.executor.runAll();
            assertThat(client.closed()).isEmpty();
            drop();
            assertDropped();
            assertThat(deleted.toCompletableFuture().exceptionNow())
                    .isInstanceOf(RoomCommandException.Unavailable.class);
            fixture.store.deleted(true);
            fixture.executor.runAll();
            assertThat(fixture.hasEnded()).isTrue();
        }

        @Test
        @DisplayName("is dropped once, and stays so")
        void twice() {
            drop();
            drop();
            fixture.seconds(2);
            assertDropped();
        }
    }

    @Nested
    @DisplayName("that finds itself fenced")
    class Fenced {

        @Test
        @DisplayName("is given up, and has the node doubt that it is taken for alive")
        void doubts() {
            fixture.push(client, "page:1");
            fixture.ends(new CommitResult.Fenced());
            assertDropped();
            assertThat(fixture.lease.doubts).isEqualTo(1);
        }

        @Test
        @DisplayName("is no reason for doubt when it is only of another clock, or the store is away")
        void noDoubt() {
            fixture.push(client, "page:1");
            fixture.store.commit().fails();
            fixture.seconds(1);
            fixture.ends(new CommitResult.Conflict(7));
            assertDropped();
            assertThat(fixture.lease.doubts).isZero();
        }
    }

    @Test
    @DisplayName("goes on when the node turns out to be alive before anything has happened")
    void confirmed() {
        lapse();
        fixture.lease.isHeld = true;
        fixture.push(client, "page:1");
        fixture.stored();
        assertThat(client.types()).containsExactly("connect", "push_result");
    }
}
