package dev.drawbridge.json;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;

/**
 * Runs a property on many random inputs. Each run has a seed, a failure names it, and {@code -Dseed=<seed>} runs it
 * alone. The seeds are new each time; one that failed is kept as a named test beside its property.
 */
public final class Seeds {
    private static final RandomGeneratorFactory<RandomGenerator> GENERATORS =
            RandomGeneratorFactory.of("L64X128MixRandom");

    private Seeds() {}

    /** What holds for any input that is made from the generator. */
    @FunctionalInterface
    public interface Property {
        void check(RandomGenerator random) throws Exception;
    }

    public static void check(int runs, Property property) {
        Long only = Long.getLong("seed");
        long first = only != null ? only : System.nanoTime() % 1_000_000_000;
        System.out.println("property seeds from " + first);
        LongStream.range(first, first + (only != null ? 1 : runs)).forEach(seed -> checkOne(seed, property));
    }

    /** One run that is known to be of interest. */
    public static void checkOne(long seed, Property property) {
        try {
            property.check(GENERATORS.create(seed));
        } catch (Exception | AssertionError e) {
            throw new AssertionError("fails with -Dseed=" + seed + ": " + e.getMessage(), e);
        }
    }
}
