package dev.drawbridge.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A loop")
class SelectorLoopTest {
    private final SelectorLoop loop = new SelectorLoop("loop");
    private final List<Object> done = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() {
        loop.start();
    }

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    @DisplayName("runs tasks in their order, also those that come while it sleeps")
    void inOrder() {
        for (int i = 0; i < 1_000; i++) {
            int number = i;
            loop.execute(() -> done.add(number));
        }
        await().until(() -> done.size() == 1_000);
        assertThat(done).isSorted();
        loop.execute(() -> done.add("late"));
        await().until(() -> done.size() == 1_001);
    }

    @Test
    @DisplayName("[§14] runs what is paced a sixtieth of a second later, and not before")
    void paces() {
        long[] times = new long[2];
        CountDownLatch ran = new CountDownLatch(1);
        loop.execute(() -> {
            times[0] = System.nanoTime();
            loop.pace(() -> {
                times[1] = System.nanoTime();
                ran.countDown();
            });
        });
        await().until(() -> ran.getCount() == 0);
        assertThat(Duration.ofNanos(times[1] - times[0])).isGreaterThan(Duration.ofMillis(14));
    }

    @Test
    @DisplayName("goes on when one of its tasks goes wrong")
    void survives() {
        loop.execute(() -> {
            throw new IllegalStateException("a bug");
        });
        loop.execute(() -> done.add("next"));
        await().until(() -> done.contains("next"));
    }
}
