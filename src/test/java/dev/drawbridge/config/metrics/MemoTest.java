package dev.drawbridge.config.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A memo")
class MemoTest {

    @Test
    @DisplayName("asks again only when its answer is too old")
    void asksAgain() {
        AtomicInteger asked = new AtomicInteger();
        AtomicLong now = new AtomicLong(Long.MAX_VALUE - 10); // nanoTime may overflow
        Memo<Integer> memo = new Memo<>(asked::incrementAndGet, Duration.ofNanos(100), now::get);

        assertThat(memo.get()).isEqualTo(1);
        now.addAndGet(99);
        assertThat(memo.get()).isEqualTo(1);
        now.addAndGet(1);
        assertThat(memo.get()).isEqualTo(2);
    }
}
