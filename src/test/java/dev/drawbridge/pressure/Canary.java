package dev.drawbridge.pressure;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Two clients in a room of their own, each of which changes its page twenty times a second and sees what the other does.
 * What they notice is what an attack on another room costs everybody.
 */
final class Canary implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Bird tweety;
    private final Bird polly;

    /**
     * What they noticed.
     *
     * @param pushes how many pushes were made
     * @param unanswered how many of these got no answer, or another one than {@code commit}
     * @param unseen how many of these the other one never saw
     */
    record Noticed(int pushes, int unanswered, int unseen, double p50, double p99, double max) {
        static final Noticed NOTHING = new Noticed(0, 0, 0, Double.NaN, Double.NaN, Double.NaN);
    }

    private Canary(Bird tweety, Bird polly) {
        this.tweety = tweety;
        this.polly = polly;
    }

    static Canary start(int port, String room) throws IOException {
        Bird tweety = Bird.join(port, room, "tweety", "polly");
        Bird polly = Bird.join(port, room, "polly", "tweety");
        tweety.sing();
        polly.sing();
        return new Canary(tweety, polly);
    }

    /** Ends it, waits for what is still to come, and tells. */
    Noticed stop() {
        tweety.hush();
        polly.hush();
        try {
            Wait.forThat("calm", PATIENCE).until(() -> isCalm(tweety, polly) && isCalm(polly, tweety));
        } catch (ConditionTimeoutException e) {
            // which is told below
        }
        double[] millis =
                DoubleStream.concat(tweety.millis(), polly.millis()).sorted().toArray();
        int pushes = tweety.pushed() + polly.pushed();
        return new Noticed(
                pushes,
                pushes - (int) (tweety.commits() + polly.commits()),
                pushes - tweety.seen() - polly.seen(),
                percentile(millis, 0.5),
                percentile(millis, 0.99),
                percentile(millis, 1));
    }

    private static boolean isCalm(Bird bird, Bird other) {
        return bird.ending().isPresent() || (bird.answered() >= bird.pushed() && other.seen() >= bird.pushed());
    }

    /** How it goes for those two, when it is over with one of them. */
    Optional<Ending> ending() {
        return tweety.ending().or(polly::ending);
    }

    private static double percentile(double[] sorted, double part) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, part * sorted.length)];
    }

    @Override
    public void close() {
        tweety.close();
        polly.close();
    }
}
