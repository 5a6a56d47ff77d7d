package dev.drawbridge.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A mailbox")
class MailboxTest {
    private final HandExecutor executor = new HandExecutor();
    private final HandExecutor background = new HandExecutor();
    private final Mailbox mailbox = new Mailbox(executor, background);
    private final List<String> done = new ArrayList<>();

    @Test
    @DisplayName("runs its tasks in the order of their coming")
    void inOrder() {
        mailbox.submit(() -> done.add("1"));
        mailbox.submit(() -> done.add("2"));
        executor.runAll();
        mailbox.submit(() -> done.add("3"));
        executor.runAll();
        assertThat(done).containsExactly("1", "2", "3");
    }

    @Test
    @DisplayName("runs nothing on the thread that submits, and asks for one thread at a time")
    void asksOnce() {
        mailbox.submit(() -> done.add("1"));
        mailbox.submit(() -> done.add("2"));
        assertThat(done).isEmpty();
        assertThat(executor.waiting()).isEqualTo(1);
    }

    @Test
    @DisplayName("runs a task that a task submits after the task that submitted it")
    void isNotReentrant() {
        mailbox.submit(() -> {
            mailbox.submit(() -> done.add("inner"));
            done.add("outer");
        });
        executor.runAll();
        assertThat(done).containsExactly("outer", "inner");
    }

    @Test
    @DisplayName("lets others have their turn when it has much to do")
    void isFair() {
        Mailbox other = new Mailbox(executor, background);
        IntStream.range(0, 1_000).forEach(i -> mailbox.submit(() -> done.add("mine")));
        other.submit(() -> done.add("other's"));
        executor.runOne();
        executor.runOne();
        assertThat(done).contains("other's").hasSizeLessThan(1_000);
        executor.runAll();
        assertThat(done).hasSize(1_001);
    }

    @Test
    @DisplayName("runs a task that may be long where nobody waits for a short one, and keeps the order")
    void longTasks() {
        mailbox.submit(() -> done.add("1"));
        mailbox.submitLong(() -> done.add("long: " + mailbox.isInBackground()));
        mailbox.submit(() -> done.add("2"));
        executor.runAll();
        assertThat(done).containsExactly("1");
        background.runAll();
        executor.runAll();
        assertThat(done).containsExactly("1", "long: true", "2");
        mailbox.submit(() -> done.add("3: " + mailbox.isInBackground()));
        executor.runAll();
        assertThat(done).endsWith("3: false");
    }

    @Test
    @DisplayName("goes on after a task that throws")
    void survives() {
        mailbox.submit(() -> {
            throw new IllegalStateException("a bug");
        });
        mailbox.submit(() -> done.add("next"));
        assertThatThrownBy(executor::runOne).hasMessage("a bug");
        executor.runAll();
        assertThat(done).containsExactly("next");
    }

    @Test
    @DisplayName("runs one task at a time, and each of them, whoever submits and however many threads there are")
    void isSerial() {
        int submitters = 4;
        int tasksEach = 5_000;
        AtomicInteger running = new AtomicInteger();
        AtomicInteger collisions = new AtomicInteger();
        int[] count = {0}; // not atomic: the mailbox is to guard it
        try (ExecutorService threads = Executors.newFixedThreadPool(4);
                ExecutorService clients = Executors.newFixedThreadPool(submitters)) {
            Mailbox shared = new Mailbox(threads, threads);
            for (int i = 0; i < submitters; i++) {
                clients.execute(() -> {
                    for (int task = 0; task < tasksEach; task++) {
                        shared.submit(() -> {
                            if (running.getAndIncrement() > 0) {
                                collisions.incrementAndGet();
                            }
                            count[0]++;
                            running.decrementAndGet();
                        });
                    }
                });
            }
            AtomicInteger seen = new AtomicInteger();
            await().until(() -> {
                shared.submit(() -> seen.set(count[0]));
                return seen.get() == submitters * tasksEach;
            });
        }
        assertThat(collisions).hasValue(0);
    }
}
