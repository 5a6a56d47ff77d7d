package dev.drawbridge.store;

import static dev.drawbridge.store.StoredRooms.change;
import static dev.drawbridge.store.StoredRooms.opened;
import static dev.drawbridge.store.StoredRooms.record;

import dev.drawbridge.room.StoredRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures a store: commits of ten records of about 500 bytes, one at a time in each room. Its subclasses are run by
 * name, {@code ./mvnw test -Dtest='*StoreBenchmark'}.
 */
public abstract class StoreBenchmark {
    private static final Duration WARM_UP = Duration.ofSeconds(4);
    private static final Duration MEASURED = Duration.ofSeconds(8);
    private static final byte[] JSON = record("shape:some", 1, "x".repeat(440)).json();

    private final ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();

    private record Line(RoomStore store, String room, Ownership owner, int clock) {}

    /** Prints one line for each number of rooms. */
    protected void measure(String name, RoomStore store) {
        for (int rooms : new int[] {1, 500}) {
            List<Line> lines = IntStream.range(0, rooms)
                    .mapToObj(i -> "bench-" + rooms + "-" + i)
                    .map(room -> new Line(store, room, opened(store.open(room)).ownership(), 0))
                    .toList();
            lines = run(lines, WARM_UP);
            latencies.clear();
            long start = System.nanoTime();
            run(lines, MEASURED);
            double seconds = (System.nanoTime() - start) / 1e9;
            long[] sorted =
                    latencies.stream().mapToLong(Long::longValue).sorted().toArray();
            System.out.printf(
                    "%s, %d rooms: %.0f commits/s, p50 %.2f ms, p99 %.2f ms%n",
                    name,
                    rooms,
                    sorted.length / seconds,
                    sorted[sorted.length / 2] / 1e6,
                    sorted[sorted.length * 99 / 100] / 1e6);
        }
    }

    private List<Line> run(List<Line> lines, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        List<CompletableFuture<Line>> running = new ArrayList<>();
        lines.forEach(line -> running.add(commitUntil(line, end).toCompletableFuture()));
        return running.stream().map(StoredRooms::get).toList();
    }

    private CompletionStage<Line> commitUntil(Line line, long end) {
        long start = System.nanoTime();
        if (start >= end) {
            return CompletableFuture.completedFuture(line);
        }
        int clock = line.clock + 1;
        StoredRecord[] puts = Stream.iterate(clock, i -> i + 1)
                .limit(10)
                .map(i -> new StoredRecord("shape:" + i * 7919 % 200, JSON, clock))
                .toArray(StoredRecord[]::new);
        return line.store.commit(line.room, line.owner, change(clock, puts)).thenComposeAsync(result -> {
            if (!(result instanceof CommitResult.Committed)) {
                throw new IllegalStateException(line.room + ": " + result);
            }
            latencies.add(System.nanoTime() - start);
            return commitUntil(new Line(line.store, line.room, line.owner, clock), end);
        });
    }
}
