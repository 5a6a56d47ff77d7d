package dev.drawbridge.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("[issue 10, A2] The memory for messages that are read")
class ReadingBudgetTest {
    private static final long ALL = 40L << 20;

    private final ReadingBudget budget = new ReadingBudget(ALL);

    @Test
    @DisplayName("is taken by large messages one after the other, when they are too much together")
    void largeOnesWait() {
        ReadingBudget.Lease first = Objects.requireNonNull(budget.take(20L << 20));
        CompletableFuture<Boolean> second = new CompletableFuture<>();
        Thread waiting = Thread.ofPlatform().start(() -> second.complete(budget.take(20L << 20) != null));
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        first.giveBack();
        assertThat(second.join()).isTrue();
    }

    @Test
    @DisplayName("is there for small messages whatever the large ones take")
    void smallOnesDoNotWait() {
        budget.take(30L << 20);
        for (int i = 0; i < 100; i++) {
            assertThat(budget.take(60 << 10)).isNotNull();
        }
    }

    @Test
    @DisplayName("never suffices for a message that takes more than all of it")
    void tooLarge() {
        assertThat(budget.fits(31L << 20)).isFalse();
        assertThat(budget.fits(29L << 20)).isTrue();
    }
}
