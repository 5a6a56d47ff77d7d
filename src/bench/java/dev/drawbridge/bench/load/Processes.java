package dev.drawbridge.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/** What the kernel says of a server's processes; nothing where there is no {@code /proc}. */
record Processes(List<Long> pids) {
    /** The kernel counts in hundredths of a second, on every Linux there is. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_TIME = 11;

    /** Seconds that the server's own process has worked, on all its threads. */
    double cpuSeconds() {
        return pids.isEmpty() ? Double.NaN : cpuSeconds(pids.getFirst());
    }

    /** The same of the processes that work for it. */
    double helpersCpuSeconds() {
        return pids.stream().skip(1).mapToDouble(Processes::cpuSeconds).sum();
    }

    boolean hasHelpers() {
        return pids.size() > 1;
    }

    /** Megabytes that the server's own process has in memory. */
    double residentMegabytes() {
        return pids.isEmpty() ? Double.NaN : status(pids.getFirst(), "VmRSS:") / 1024.0;
    }

    /** Bytes of heap that are in use after a collection, which it causes; empty when it is no JVM that would say so. */
    OptionalDouble liveHeapBytes() {
        return pids.isEmpty() ? OptionalDouble.empty() : LiveHeap.of(pids.getFirst());
    }

    static double cpuSeconds(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // The name of the program, in brackets, may hold anything.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1])) / TICKS_PER_SECOND;
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    private static double status(long pid, String name) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith(name))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
