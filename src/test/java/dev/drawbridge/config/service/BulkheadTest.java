package dev.drawbridge.config.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("[issue 10, A9] questions to the webhook")
class BulkheadTest {
    private static final ServiceCall.Answer ANSWER = new ServiceCall.Answer(200, new byte[0]);

    private final AtomicLong nanos = new AtomicLong();
    private final Bulkhead<ServiceCall.Answer> bulkhead =
            new Bulkhead<>("the webhook", 2, 3, Duration.ofSeconds(3), nanos::get);
    private final List<CompletableFuture<ServiceCall.Answer>> asked = new ArrayList<>();

    private CompletableFuture<ServiceCall.Answer> ask() {
        return bulkhead.ask(() -> {
            CompletableFuture<ServiceCall.Answer> answer = new CompletableFuture<>();
            asked.add(answer);
            return answer;
        });
    }

    @Test
    @DisplayName("are asked so many at once; others wait for their turn, and beyond that they fail at once")
    void bounded() {
        List<CompletableFuture<ServiceCall.Answer>> answers =
                IntStream.range(0, 6).mapToObj(i -> ask()).toList();
        assertThat(asked).hasSize(2);
        assertThat(answers.get(5)).isCompletedExceptionally();

        for (int i = 0; i < 5; i++) {
            assertThat(asked.size() - i).isLessThanOrEqualTo(2);
            asked.get(i).complete(ANSWER);
            assertThat(answers.get(i)).isCompletedWithValue(ANSWER);
        }
        assertThat(asked).hasSize(5);
    }

    @Test
    @DisplayName("that fail make room for others too, and so do those that cannot even be asked")
    void failures() {
        for (int i = 0; i < 5; i++) {
            assertThat(bulkhead.ask(() -> {
                        throw new IllegalStateException();
                    }))
                    .isCompletedExceptionally();
        }
        CompletableFuture<ServiceCall.Answer> first = ask();
        var _ = ask();
        var _ = ask();
        asked.getFirst().completeExceptionally(new IllegalStateException());
        assertThat(first).isCompletedExceptionally();
        assertThat(asked).hasSize(3);
    }

    @Test
    @DisplayName("that have waited too long are not asked any more")
    void patience() {
        List<CompletableFuture<ServiceCall.Answer>> answers =
                IntStream.range(0, 4).mapToObj(i -> ask()).toList();
        nanos.addAndGet(Duration.ofSeconds(4).toNanos());
        CompletableFuture<ServiceCall.Answer> late = ask();
        asked.getFirst().complete(ANSWER);

        assertThat(answers.get(2)).isCompletedExceptionally();
        assertThat(answers.get(3)).isCompletedExceptionally();
        assertThat(asked).hasSize(3);
        asked.getLast().complete(ANSWER);
        assertThat(late).isCompletedWithValue(ANSWER);
    }

    @Test
    @DisplayName("that are many and fail at once, at a shutdown for instance, take no stack each")
    void many() {
        Bulkhead<ServiceCall.Answer> wide =
                new Bulkhead<>("the webhook", 1, 100_000, Duration.ofSeconds(3), nanos::get);
        CompletableFuture<ServiceCall.Answer> first = new CompletableFuture<>();
        var _ = wide.ask(() -> first);
        List<CompletableFuture<ServiceCall.Answer>> answers = IntStream.range(0, 100_000)
                .mapToObj(i -> wide.ask(
                        () -> CompletableFuture.failedFuture(new IllegalStateException("the client is closed"))))
                .toList();

        first.complete(ANSWER);

        assertThat(answers).allMatch(CompletableFuture::isCompletedExceptionally);
    }
}
