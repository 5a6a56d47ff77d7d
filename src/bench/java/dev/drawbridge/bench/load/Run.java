package dev.drawbridge.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * One run of a scenario against one server.
 *
 * @param size how many of whatever the scenario is about
 */
record Run(Target target, Options options, int size) {
    static final Duration JOINING = Duration.ofSeconds(60);
    private static final int AT_ONCE = 50;

    /** A name for rooms that nobody has used. */
    String room(String prefix) {
        return prefix + "-" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
    }

    Pool pool() throws IOException {
        return new Pool(target, options.threads());
    }

    Joins join(Pool pool) {
        return pool.join(options.count("at-once").orElse(AT_ONCE), JOINING);
    }

    static IntStream upTo(int count) {
        return IntStream.range(0, count);
    }
}
