package dev.drawbridge.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A client that sends as fast as it can: it is stopped, or each of its messages is answered. */
final class Flood implements Attack {
    private static final long NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Consumer<String> measured;

    Flood(Consumer<String> measured) {
        this.measured = measured;
    }

    @Override
    public void run(Target target) throws IOException {
        Client client = target.join("flooder");
        long begun = System.nanoTime();
        int sent = 0;
        while (System.nanoTime() - begun < NANOS && client.socket().ending().isEmpty()) {
            sent = client.push(Diffs.namePage("page:flooded", sent + 1));
        }
        Client.Answer last = client.awaitAnswer(sent, Duration.ofSeconds(30));
        assertThat(last.isResult() || last.isRefusal("RATE_LIMITED"))
                .as("%s", last)
                .isTrue();
        measured.accept("flood: %d pushes sent, %d answered, %s".formatted(sent, client.answers(), last));
    }
}
