package dev.drawbridge.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.room.DocumentChange;
import dev.drawbridge.room.DocumentSize;
import dev.drawbridge.room.Effect;
import dev.drawbridge.room.LimitExceededException;
import dev.drawbridge.room.WriteVerdict;
import dev.drawbridge.schema.ValidationException;
import dev.drawbridge.store.CommitResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(QuietHosts.class)
@DisplayName("Who observes rooms is told")
class RoomObserverTest {
    private final HostFixture fixture = HostFixture.active();

    private List<String> told() {
        return fixture.rooms.told();
    }

    @Nested
    @DisplayName("of a change")
    class Changes {
        private final HandRecipient pusher = fixture.join("a");
        private final HandRecipient other = fixture.join("b");

        @Test
        @DisplayName("when it is stored, before anybody else is")
        void whenStored() {
            List<String> seen = new ArrayList<>();
            fixture.rooms.meanwhile = () -> {
                seen.addAll(pusher.types());
                seen.addAll(other.types());
            };
            fixture.push(pusher, "page:1");
            assertThat(told()).containsExactly("opened 1");
            fixture.stored();
            assertThat(told()).containsExactly("opened 1", "changed by a 2");
            assertThat(seen).containsExactly("connect", "connect");
            assertThat(pusher.types()).contains("push_result");
        }

        @Test
        @DisplayName("and of each that is stored by the same commit, with its own author and clock")
        void together() {
            fixture.push(pusher, "page:1");
            fixture.push(pusher, "page:2");
            fixture.push(other, "page:3");
            fixture.stored();
            assertThat(told()).containsExactly("opened 1", "changed by a 2");
            assertThat(fixture.store.commitsAsked()).isEqualTo(1);
            fixture.stored();
            assertThat(told()).containsExactly("opened 1", "changed by a 2", "changed by a 3", "changed by b 4");
        }

        @Test
        @DisplayName("once, when the commit fails first")
        void again() {
            fixture.push(pusher, "page:1");
            fixture.store.commit().fails();
            fixture.seconds(1);
            assertThat(told()).containsExactly("opened 1");
            fixture.stored();
            assertThat(told()).containsExactly("opened 1", "changed by a 2");
        }

        @Test
        @DisplayName("never, when somebody else has opened the room")
        void fenced() {
            fixture.push(pusher, "page:1");
            fixture.push(other, "page:2");
            fixture.ends(new CommitResult.Fenced());
            assertThat(told()).containsExactly("opened 1", "closed");
        }

        @Test
        @DisplayName("never, when the store answers too late")
        void tooLate() {
            fixture.push(pusher, "page:1");
            fixture.seconds(11);
            fixture.stored();
            assertThat(told()).containsExactly("opened 1", "closed");
        }

        @Test
        @DisplayName("never, when the room is deleted before it is stored")
        void deleted() {
            fixture.push(pusher, "page:1");
            fixture.host.delete();
            fixture.executor.runAll();
            fixture.stored();
            assertThat(told()).containsExactly("opened 1");
            fixture.store.deleted(true);
            fixture.executor.runAll();
            assertThat(told()).containsExactly("opened 1", "deleted", "closed");
        }

        @Test
        @DisplayName("that an operator has made: nobody is its author")
        void operator() {
            fixture.host.submit((room, now) -> {
                try {
                    return room.update(update -> update.delete("page:page"));
                } catch (ValidationException | LimitExceededException e) {
                    throw new AssertionError(e);
                }
            });
            fixture.executor.runAll();
            fixture.stored();
            assertThat(told()).containsExactly("opened 1", "changed by nobody 2");
        }

        @Test
        @DisplayName("not when nothing has changed but what is remembered of deletions")
        void pruned() {
            DocumentChange pruned = new DocumentChange(
                    1, 1, 1, HostFixture.SCHEMA.serialize(), List.of(), Map.of(), Set.of("page:x"), DocumentSize.EMPTY);
            fixture.host.submit((room, now) -> List.of(new Effect.Changed(pruned)));
            fixture.executor.runAll();
            fixture.stored();
            assertThat(told()).containsExactly("opened 1");
        }

        @Test
        @DisplayName("about which somebody was asked: it is still its pusher's")
        void decidedElsewhere() {
            CompletableFuture<List<WriteVerdict>> verdicts = new CompletableFuture<>();
            HostFixture deciding = HostFixture.active((roomId, author, writes) -> verdicts);
            HandRecipient asking = deciding.join("asking");
            deciding.join("last");
            deciding.push(asking, "page:1");
            verdicts.complete(List.of(WriteVerdict.ALLOWED));
            deciding.executor.runAll();
            assertThat(deciding.rooms.told()).containsExactly("opened 1");
            deciding.stored();
            assertThat(deciding.rooms.told()).containsExactly("opened 1", "changed by asking 2");
        }
    }

    @Nested
    @DisplayName("that a room is open")
    class Openings {

        @Test
        @DisplayName("once for each of its lives")
        void again() {
            fixture.host.unload();
            fixture.executor.runAll();
            fixture.join("next");
            fixture.store.released();
            fixture.executor.runAll();
            assertThat(told()).containsExactly("opened 1", "closed");
            fixture.store.opens(HostFixture.STORED);
            fixture.executor.runAll();
            assertThat(told()).containsExactly("opened 1", "closed", "opened 1");
        }

        @Test
        @DisplayName("with the clock that a new one begins at, and later that it is stored")
        void fresh() {
            HostFixture made = new HostFixture();
            made.store.opens(Optional.empty(), false);
            made.executor.runAll();
            HandStore.Commit first = made.store.commit();
            long clock = first.change().clock();
            assertThat(made.rooms.told()).containsExactly("opened " + clock);
            first.is(new CommitResult.Committed());
            made.executor.runAll();
            assertThat(made.rooms.told()).containsExactly("opened " + clock, "changed by nobody " + clock);
        }

        @Test
        @DisplayName("not when another node has it, or when it cannot be loaded; nor is it closed then")
        void notHere() {
            HostFixture elsewhere = new HostFixture();
            elsewhere.store.isAt("other");
            elsewhere.executor.runAll();
            HostFixture broken = new HostFixture();
            broken.store.cannotOpen();
            broken.executor.runAll();
            assertThat(List.of(elsewhere, broken)).allSatisfy(each -> {
                assertThat(each.hasEnded()).isTrue();
                assertThat(each.rooms.told()).isEmpty();
            });
        }
    }

    @Nested
    @DisplayName("that the last one has left")
    class Leaving {

        @Test
        @DisplayName("when what came before is stored, and before what comes after")
        void whenStored() {
            HandRecipient client = fixture.join("a");
            fixture.push(client, "page:1");
            HandStore.Commit commit = fixture.store.commit();
            fixture.leave(client);
            fixture.seconds(8);
            HandRecipient next = fixture.join("b");
            fixture.push(next, "page:2");
            assertThat(told()).containsExactly("opened 1");

            commit.is(new CommitResult.Committed());
            fixture.executor.runAll();
            fixture.stored();
            assertThat(told()).containsExactly("opened 1", "changed by a 2", "emptied", "changed by b 3");
        }

        @Test
        @DisplayName("not when others stay")
        void othersStay() {
            HandRecipient client = fixture.join("a");
            HandRecipient stays = fixture.join("b");
            fixture.leave(client);
            for (int i = 0; i < 8; i++) {
                fixture.ping(stays);
                fixture.seconds(1);
            }
            assertThat(told()).containsExactly("opened 1");
        }

        @Test
        @DisplayName("and later that the room is closed, when it has been given back")
        void closedLater() {
            fixture.leave(fixture.join("a"));
            fixture.seconds(36);
            assertThat(told()).containsExactly("opened 1", "emptied");
            fixture.store.released();
            fixture.executor.runAll();
            assertThat(told()).containsExactly("opened 1", "emptied", "closed");
        }
    }

    @Nested
    @DisplayName("who comes and goes")
    class ComingAndGoing {

        @Test
        @DisplayName(
                "when somebody takes part, again when it comes over another socket, and when its session has ended")
        void comesAndGoes() {
            fixture.rooms.comingAndGoing = true;
            fixture.leave(fixture.join("a"));
            HandRecipient again = fixture.join("a");
            fixture.leave(again);
            fixture.seconds(8);
            assertThat(told()).containsExactly("opened 1", "joined a", "joined a", "left a", "emptied");
        }

        @Test
        @DisplayName("in its place among changes: when what it has seen is stored")
        void inItsPlace() {
            fixture.rooms.comingAndGoing = true;
            HandRecipient client = fixture.join("a");
            fixture.push(client, "page:1");
            HandStore.Commit commit = fixture.store.commit();
            fixture.join("b");
            assertThat(told()).containsExactly("opened 1", "joined a");
            commit.is(new CommitResult.Committed());
            fixture.executor.runAll();
            assertThat(told()).containsExactly("opened 1", "joined a", "changed by a 2", "joined b");
        }
    }

    @Nested
    @DisplayName("once that a room is closed, with people in it,")
    class Closing {
        private final HandRecipient client = fixture.join("a");

        private void assertClosed() {
            fixture.executor.runAll();
            assertThat(fixture.hasEnded()).isTrue();
            assertThat(client.closed()).isPresent();
            assertThat(told().stream().filter(each -> !each.equals("deleted"))).containsExactly("opened 1", "closed");
        }

        @Test
        @DisplayName("when an operator has it unloaded")
        void unloaded() {
            fixture.host.unload();
            fixture.executor.runAll();
            fixture.store.released();
            assertClosed();
        }

        @Test
        @DisplayName("when it cannot be given back")
        void notTakenBack() {
            fixture.host.unload();
            fixture.executor.runAll();
            fixture.store.cannotRelease();
            assertClosed();
        }

        @Test
        @DisplayName("when the server shuts down")
        void shutDown() {
            fixture.host.shutDown();
            fixture.executor.runAll();
            fixture.store.released();
            assertClosed();
        }

        @Test
        @DisplayName("when it is deleted")
        void deleted() {
            fixture.host.delete();
            fixture.executor.runAll();
            fixture.store.deleted(true);
            assertClosed();
        }

        @Test
        @DisplayName("when it cannot be deleted")
        void notDeleted() {
            fixture.host.delete();
            fixture.executor.runAll();
            fixture.seconds(11);
            assertClosed();
        }

        @Test
        @DisplayName("when this node lets go of it")
        void dropped() {
            fixture.host.drop();
            assertClosed();
        }

        @Test
        @DisplayName("when it fails")
        void failed() {
            fixture.host.submit((room, now) -> {
                throw new IllegalStateException("a bug");
            });
            assertClosed();
        }
    }
}
