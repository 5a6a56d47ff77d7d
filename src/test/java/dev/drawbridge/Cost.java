package dev.drawbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.IntFunction;

/**
 * What a piece of work costs, in bytes that it allocates: that is the same on every machine, however busy, and work that
 * copies, collects or joins too much allocates too much.
 */
public final class Cost {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What loading classes and the like may add. */
    private static final long SLACK = 256 << 10;

    private Cost() {}

    /** How many bytes this allocates. */
    public static long inBytes(Runnable work) {
        work.run(); // what is set up once does not count
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    /** Requires that work on four times as much costs about four times as much. */
    public static void assertLinear(int size, IntFunction<Runnable> workOnSize) {
        Runnable small = workOnSize.apply(size);
        Runnable large = workOnSize.apply(4 * size);
        long expected = 6 * inBytes(small) + SLACK;
        assertThat(inBytes(large))
                .as("bytes allocated at size %d, given those at %d", 4 * size, size)
                .isLessThan(expected);
    }
}
