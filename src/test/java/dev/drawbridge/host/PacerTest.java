package dev.drawbridge.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("[§14] The pacer")
class PacerTest {
    /** A sixtieth of a second, less the grain in which it is measured. */
    private static final Duration AT_LEAST = Duration.ofMillis(14);

    private final Pacer pacer = new Pacer();

    @AfterEach
    void close() {
        pacer.close();
    }

    @Test
    @DisplayName("runs a task a sixtieth of a second later, not sooner")
    void waits() {
        long before = System.nanoTime();
        CompletableFuture<Long> ranAt = new CompletableFuture<>();
        pacer.execute(() -> ranAt.complete(System.nanoTime()));
        assertThat(Duration.ofNanos(ranAt.join() - before)).isGreaterThanOrEqualTo(AT_LEAST);
    }

    @Test
    @DisplayName("runs tasks in their order")
    void inOrder() {
        List<Integer> done = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 100; i++) {
            int task = i;
            pacer.execute(() -> done.add(task));
        }
        await().until(() -> done.size() == 100);
        assertThat(done).isSorted();
    }
}
