package dev.drawbridge.pressure;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Watches what a process takes, from now on: asked for four times a second, and read from what its collector logs. */
final class Memory implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(250);
    /** The metrics of a node are many: they are not asked for each time. */
    private static final int ROUNDS_PER_SCRAPE = 4;

    private static final Pattern PAUSE =
            Pattern.compile("(Pause \\w+).* (\\d+)M->(\\d+)M\\(\\d+M\\) ([\\d.]+)ms", Pattern.MULTILINE);
    private static final Pattern RSS = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern HEAP = Pattern.compile("(?m)^jvm_memory_used_bytes\\{area=\"heap\"[^}]*} (\\S+)$");

    private final AttackedServer server;
    private final long logBegins;
    private final Thread watcher;
    private volatile boolean over;
    private volatile long heap;
    private volatile long rss;

    /**
     * The most that was seen, in bytes.
     *
     * @param heap of the heap, with what is garbage already
     * @param kept of the heap after a collection
     * @param rss of the whole process
     * @param longestPauseMillis the longest pause that the collector has made
     * @param fullCollections how often it had to do it the hard way
     */
    record Peak(long heap, long kept, long rss, double longestPauseMillis, int fullCollections) {}

    Memory(AttackedServer server) {
        this.server = server;
        this.logBegins = server.gcLog().toFile().length();
        this.watcher = Thread.ofPlatform().daemon().name("memory").start(this::watch);
    }

    private void watch() {
        for (int round = 0; !over; round++) {
            rss = Math.max(rss, first(RSS, status()) << 10);
            if (round % ROUNDS_PER_SCRAPE == 0) {
                heap = Math.max(heap, heap());
            }
            LockSupport.parkNanos(INTERVAL.toNanos());
        }
    }

    private String status() {
        try {
            return Files.readString(server.status());
        } catch (IOException e) {
            return "";
        }
    }

    private long heap() {
        try {
            Matcher area = HEAP.matcher(server.admin()
                    .get("/actuator/prometheus", Duration.ofSeconds(5))
                    .body());
            double sum = 0;
            while (area.find()) {
                sum += Double.parseDouble(area.group(1));
            }
            return (long) sum;
        } catch (IOException e) {
            return 0;
        }
    }

    private static long first(Pattern number, String text) {
        Matcher matcher = number.matcher(text);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    Peak peak() {
        close();
        long most = heap;
        long kept = 0;
        double longest = 0;
        int full = 0;
        Matcher pause = PAUSE.matcher(logged());
        while (pause.find()) {
            most = Math.max(most, Long.parseLong(pause.group(2)) << 20);
            kept = Math.max(kept, Long.parseLong(pause.group(3)) << 20);
            longest = Math.max(longest, Double.parseDouble(pause.group(4)));
            full += pause.group(1).equals("Pause Full") ? 1 : 0;
        }
        return new Peak(most, kept, rss, longest, full);
    }

    private String logged() {
        try (RandomAccessFile log = new RandomAccessFile(server.gcLog().toFile(), "r")) {
            byte[] bytes = new byte[(int) Math.max(0, log.length() - logBegins)];
            log.seek(logBegins);
            log.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        over = true;
        LockSupport.unpark(watcher);
        try {
            watcher.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
