package dev.drawbridge.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** How long the cores of the machine have worked, all programs together, in seconds. */
record Machine(double busySeconds, double seconds) {
    private static final int IDLE = 3;
    private static final int WAITING = 4;
    private static final int KINDS = 8;

    static Machine now() {
        try (var lines = Files.lines(Path.of("/proc/stat"))) {
            long[] ticks = Arrays.stream(lines.findFirst().orElse("").split("\\s+", -1))
                    .skip(1)
                    .limit(KINDS)
                    .mapToLong(Long::parseLong)
                    .toArray();
            long all = Arrays.stream(ticks).sum();
            return new Machine((all - ticks[IDLE] - ticks[WAITING]) / 100.0, System.nanoTime() / 1e9);
        } catch (IOException e) {
            return new Machine(Double.NaN, System.nanoTime() / 1e9);
        }
    }

    /** How many cores have worked since then. */
    double coresSince(Machine before) {
        return (busySeconds - before.busySeconds) / (seconds - before.seconds);
    }
}
