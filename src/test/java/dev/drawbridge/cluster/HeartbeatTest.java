package dev.drawbridge.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.host.HostClock;
import dev.drawbridge.store.InMemoryMembership;
import dev.drawbridge.store.Membership;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("A heartbeat")
class HeartbeatTest {
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration TIME_TO_LIVE = Duration.ofSeconds(8);

    private final Clock clock = new Clock();
    private final Store store = new Store(new InMemoryMembership(() -> clock.millis * 1_000_000));
    private final Told told = new Told();
    private final Heartbeat heartbeat = new Heartbeat(
            "me",
            store,
            clock,
            INTERVAL,
            TIME_TO_LIVE,
            () -> new NodeCard("me", "127.0.0.1", 1, 2, false, "1", Instant.EPOCH, 0, 0, 0, 0, 0, false, List.of()),
            told);

    private static final class Clock implements HostClock {
        private long millis = 1_000_000;

        @Override
        public long millis() {
            return millis;
        }

        @Override
        public Instant wall() {
            return Instant.ofEpochMilli(millis);
        }
    }

    private static final class Told implements Heartbeat.Listener {
        private final List<String> losses = new ArrayList<>();
        private int rolls;

        @Override
        public void lost(String why) {
            losses.add(why);
        }

        @Override
        public void roll(Membership.Roll roll) {
            rolls++;
        }
    }

    /** Does at once what it is asked, and answers when the test says so. */
    private static final class Store implements Membership {
        private final InMemoryMembership members;
        private final Queue<Runnable> answers = new ArrayDeque<>();
        private final List<String> asked = new ArrayList<>();
        private boolean away;

        Store(InMemoryMembership members) {
            this.members = members;
        }

        private <T> CompletionStage<T> later(CompletionStage<T> done) {
            CompletableFuture<T> answer = new CompletableFuture<>();
            answers.add(() -> done.thenAccept(answer::complete));
            return answer;
        }

        @Override
        public CompletionStage<Roll> join(String nodeId, byte[] card, Duration timeToLive) {
            asked.add("join");
            return away ? new CompletableFuture<>() : later(members.join(nodeId, card, timeToLive));
        }

        @Override
        public CompletionStage<Roll> renew(String nodeId, byte[] card, Duration timeToLive) {
            asked.add("renew");
            return away ? new CompletableFuture<>() : later(members.renew(nodeId, card, timeToLive));
        }

        @Override
        public CompletionStage<Void> end(String nodeId) {
            asked.add("end");
            return members.end(nodeId);
        }

        @Override
        public CompletionStage<Boolean> isAlive(String nodeId) {
            return members.isAlive(nodeId);
        }

        @Override
        public void close() {}

        void answer() {
            answers.remove().run();
        }
    }

    private void pass(Duration time) {
        clock.millis += time.toMillis();
        heartbeat.tick();
    }

    private boolean isHeld() {
        return heartbeat.isHeld(clock.millis);
    }

    private void begin() {
        heartbeat.tick();
        store.answer();
        assertThat(isHeld()).isTrue();
    }

    @Test
    @DisplayName("is not held before the first answer")
    void notBefore() {
        assertThat(isHeld()).isFalse();
        heartbeat.tick();
        assertThat(isHeld()).isFalse();
        assertThat(heartbeat.age(clock.millis)).isEqualTo(Long.MAX_VALUE);
        store.answer();
        assertThat(isHeld()).isTrue();
        assertThat(heartbeat.age(clock.millis)).isZero();
        assertThat(told.rolls).isEqualTo(1);
        assertThat(told.losses).isEmpty();
    }

    @Test
    @DisplayName("is renewed once an interval")
    void renewed() {
        begin();
        pass(Duration.ofMillis(1_999));
        assertThat(store.asked).containsExactly("join");
        pass(Duration.ofMillis(1));
        assertThat(store.asked).containsExactly("join", "renew");
        store.answer();
        pass(INTERVAL);
        store.answer();
        assertThat(store.asked).containsExactly("join", "renew", "renew");
        assertThat(told.losses).isEmpty();
        assertThat(told.rolls).isEqualTo(3);
    }

    @Test
    @DisplayName("is held for its time to live from when it was asked, not from when it was answered")
    void fromTheAsking() {
        heartbeat.tick();
        clock.millis += 5_000;
        store.answer();
        assertThat(heartbeat.age(clock.millis)).isEqualTo(5_000);
        assertThat(isHeld()).isTrue();
        clock.millis += 3_000;
        assertThat(isHeld()).isTrue();
        clock.millis += 1;
        assertThat(isHeld()).isFalse();
    }

    @Test
    @DisplayName("is lost once, when it could not be renewed for its time to live")
    void lost() {
        begin();
        store.away = true;
        pass(Duration.ofSeconds(8));
        assertThat(told.losses).isEmpty();
        pass(Duration.ofMillis(1));
        assertThat(told.losses).containsExactly("it could not renew its heartbeat for " + TIME_TO_LIVE);
        pass(Duration.ofSeconds(8));
        assertThat(told.losses).hasSize(1);
    }

    @Test
    @DisplayName("is lost without an answer also by who has slept, before it does anything else")
    void slept() {
        begin();
        clock.millis += 60_000;
        assertThat(isHeld()).isFalse();
        heartbeat.tick();
        assertThat(told.losses).hasSize(1);
        assertThat(store.asked).containsExactly("join", "join");
        store.answer();
        assertThat(isHeld()).isTrue();
        assertThat(told.losses).hasSize(1);
    }

    @Test
    @DisplayName("is lost when the store says that it has lapsed there, and begins anew")
    void lapsed() {
        begin();
        store.members.end("me");
        pass(INTERVAL);
        store.answer();
        assertThat(told.losses).containsExactly("its heartbeat has lapsed");
        assertThat(isHeld()).isFalse();
        assertThat(store.asked).containsExactly("join", "renew", "join");
        store.answer();
        assertThat(isHeld()).isTrue();
        assertThat(told.losses).hasSize(1);
    }

    @Test
    @DisplayName("lets go of everything when the store's history is another one, and is held still")
    void history() {
        begin();
        store.members.changeHistory();
        pass(INTERVAL);
        store.answer();
        assertThat(told.losses).containsExactly("the store may have been set back to an earlier state");
        assertThat(isHeld()).isTrue();
        pass(INTERVAL);
        store.answer();
        assertThat(told.losses).hasSize(1);
    }

    @Test
    @DisplayName("does not ask again while it is asking, for as long as its time to live")
    void patient() {
        begin();
        store.away = true;
        pass(INTERVAL);
        pass(INTERVAL);
        pass(INTERVAL);
        assertThat(store.asked).containsExactly("join", "renew");
        pass(INTERVAL);
        pass(INTERVAL);
        assertThat(store.asked).containsExactly("join", "renew", "join");
    }

    @Nested
    @DisplayName("that is answered late")
    class Late {

        @Test
        @DisplayName("is not held by an answer to what was asked longer ago than it lives")
        void tooLate() {
            heartbeat.tick();
            clock.millis += 9_000;
            store.answer();
            assertThat(isHeld()).isFalse();
        }

        @Test
        @DisplayName("is held no longer by an answer to an older question")
        void older() {
            begin();
            pass(INTERVAL);
            clock.millis += 8_000;
            heartbeat.tick(); // lost; asks to be a member again
            assertThat(told.losses).hasSize(1);
            Runnable old = store.answers.remove();
            store.answer();
            long asked = clock.millis;
            old.run();
            assertThat(heartbeat.isHeld(asked + 8_000)).isTrue();
            assertThat(heartbeat.isHeld(asked + 8_001)).isFalse();
            assertThat(heartbeat.age(asked)).isZero();
            assertThat(told.losses).hasSize(1);
        }

        @Test
        @DisplayName("does not become a member by an answer to a renewal that came after it was lost")
        void lostMeanwhile() {
            begin();
            pass(INTERVAL);
            clock.millis += 6_001;
            heartbeat.tick();
            assertThat(told.losses).hasSize(1);
            store.answer();
            assertThat(isHeld()).isFalse();
            pass(INTERVAL);
            assertThat(store.asked).containsExactly("join", "renew", "join");
            store.answer();
            assertThat(isHeld()).isTrue();
        }
    }

    @Nested
    @DisplayName("that has ended")
    class Ended {

        @Test
        @DisplayName("is not held, and nobody is told that it was lost")
        void ends() {
            begin();
            assertThat(heartbeat.end().toCompletableFuture()).isCompleted();
            assertThat(isHeld()).isFalse();
            pass(Duration.ofSeconds(20));
            assertThat(store.asked).containsExactly("join", "end");
            assertThat(told.losses).isEmpty();
            assertThat(store.members.isAlive("me").toCompletableFuture()).isCompletedWithValue(false);
        }

        @Test
        @DisplayName("is not held by an answer that comes after that")
        void late() {
            begin();
            pass(INTERVAL);
            heartbeat.end();
            store.answer();
            assertThat(isHeld()).isFalse();
            assertThat(told.rolls).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("shows the others the card of this node")
    void card() {
        begin();
        Map<String, byte[]> seen = store.members
                .join("other", new byte[0], TIME_TO_LIVE)
                .toCompletableFuture()
                .join()
                .others();
        assertThat(NodeCard.decode("me", seen.getOrDefault("me", new byte[0])))
                .hasValueSatisfying(card -> assertThat(card.host()).isEqualTo("127.0.0.1"));
    }
}
