package dev.drawbridge.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.room.Author;
import dev.drawbridge.room.Passenger;
import dev.drawbridge.room.RecordWrite;
import dev.drawbridge.room.WriteVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(QuietHosts.class)
@DisplayName("[§21.23] A room whose writes are decided elsewhere")
class InquiryTest {
    private final List<CompletableFuture<List<WriteVerdict>>> asked = new ArrayList<>();
    private final HostFixture fixture = HostFixture.active(this::decide);
    private final HandRecipient pusher = fixture.join("pusher");
    private final HandRecipient other = fixture.join("other");

    private CompletionStage<List<WriteVerdict>> decide(String roomId, Author author, List<RecordWrite> writes) {
        assertThat(roomId).isEqualTo("room");
        CompletableFuture<List<WriteVerdict>> answer = new CompletableFuture<>();
        asked.add(answer);
        return answer;
    }

    private void answers(int question) {
        asked.get(question).complete(List.of(WriteVerdict.ALLOWED));
        fixture.executor.runAll();
    }

    @Test
    @DisplayName("has a push wait for the answer, and nobody else; then it is stored and acknowledged")
    void asks() {
        fixture.push(pusher, "page:1");
        assertThat(asked).hasSize(1);
        fixture.ping(other);
        fixture.ping(pusher);
        assertThat(pusher.types()).containsExactly("connect", "pong");
        assertThat(other.types()).containsExactly("connect", "pong");

        answers(0);
        assertThat(pusher.types()).containsExactly("connect", "pong");
        fixture.stored();
        assertThat(pusher.types()).containsExactly("connect", "pong", "push_result");
        assertThat(other.types()).containsExactly("connect", "pong", "patch");
    }

    @Test
    @DisplayName("asks when what the question shows is stored")
    void asksWhenStored() {
        fixture.push(other, "page:1");
        answers(0);
        fixture.push(pusher, "page:2");
        assertThat(asked).hasSize(1);
        fixture.stored();
        assertThat(asked).hasSize(2);
    }

    @Test
    @DisplayName("takes a failure for a no")
    void failure() {
        fixture.push(pusher, "page:1");
        asked.getFirst().completeExceptionally(new IllegalStateException("gone"));
        fixture.executor.runAll();
        assertThat(pusher.last().toString()).contains("discard");
    }

    @Nested
    @DisplayName("does not mind an answer that comes too late:")
    class Late {

        @Test
        @DisplayName("for an earlier life of the room, which has asked under the same number again")
        void earlierLife() {
            fixture.push(pusher, "page:1");
            fixture.host.unload();
            fixture.executor.runAll();
            assertThat(pusher.closed()).contains("1012");
            HandRecipient again = fixture.join("pusher");
            fixture.store.released();
            fixture.executor.runAll();
            fixture.store.opens(HostFixture.STORED);
            fixture.executor.runAll();
            fixture.push(again, "page:2");
            assertThat(asked).hasSize(2);
            answers(0);
            assertThat(again.types()).containsExactly("connect");
            answers(1);
            fixture.stored();
            assertThat(again.types()).containsExactly("connect", "push_result");
        }

        @Test
        @DisplayName("when the room has been deleted")
        void deleted() {
            fixture.push(pusher, "page:1");
            CompletionStage<Boolean> deleted = fixture.host.delete();
            fixture.executor.runAll();
            answers(0);
            fixture.store.deleted(true);
            fixture.executor.runAll();
            assertThat(deleted.toCompletableFuture()).isCompletedWithValue(true);
            assertThat(pusher.closed()).contains("NOT_FOUND");
            assertThat(fixture.store.opensAsked()).isZero();
        }

        @Test
        @DisplayName("when nobody is in the room any more, which is not opened for it")
        void closed() {
            fixture.push(pusher, "page:1");
            fixture.host.shutDown();
            fixture.executor.runAll();
            fixture.store.released();
            fixture.executor.runAll();
            answers(0);
            assertThat(fixture.hasEnded()).isTrue();
        }

        @Test
        @DisplayName("when the room has been dropped")
        void dropped() {
            fixture.push(pusher, "page:1");
            fixture.host.drop();
            fixture.executor.runAll();
            answers(0);
            assertThat(pusher.closed()).contains("1013");
            assertThat(fixture.hasEnded()).isTrue();
        }
    }

    @Test
    @DisplayName("goes to another node without whoever waits: it connects again there, and pushes anew")
    void moves() {
        HandRecipient traveller = fixture.join(new HandRecipient("traveller", new HandFar(HandFar.telling())));
        HandRecipient waiting = fixture.join(new HandRecipient("waiting", new HandFar(HandFar.telling())));
        fixture.push(waiting, "page:1");
        List<String> brought = new ArrayList<>();
        var _ = fixture.host.move(new Removal() {
            @Override
            public String successor() {
                return "b";
            }

            @Override
            public CompletionStage<Void> hold(List<Relay.FarOutlet> sessions) {
                return CompletableFuture.completedStage(null);
            }

            @Override
            public CompletionStage<Boolean> bring(List<Passenger> passengers) {
                passengers.forEach(each -> brought.add(each.visitor().sessionId()));
                return CompletableFuture.completedStage(true);
            }

            @Override
            public void goOn(List<Relay.FarOutlet> sessions, long clock) {
                brought.add("and " + sessions.size());
            }
        });
        fixture.executor.runAll();
        answers(0);
        fixture.store.released();
        fixture.executor.runAll();
        assertThat(waiting.closed()).contains("1012");
        assertThat(traveller.closed()).isEmpty();
        assertThat(brought).containsExactly("traveller", "and 1");
    }
}
