package dev.drawbridge.history;

import dev.drawbridge.history.sqlite.SqliteVersionStore;
import dev.drawbridge.host.ByteBudget;
import dev.drawbridge.host.ByteLoan;
import dev.drawbridge.host.HandClock;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.room.Records;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.room.StoredRecord;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Measures versions of a room of 11 MB, of which one record in a hundred changes from one to the next: half of them are moved,
 * half are drawn anew. It is run by hand, by its main method, with the number
 * of versions and, if they are to be in SQLite, with a file; it gates nothing.
 */
public final class VersionsBenchmark {
    private static final int DRAWN = 4_400;
    private static final int SHAPES = 6_000;

    private final Random random = new Random(1);
    private final List<StoredRecord> records = new ArrayList<>();
    private long clock = 1;

    private VersionsBenchmark() {
        for (int i = 0; i < DRAWN + SHAPES; i++) {
            records.add(record(i));
        }
    }

    public static void main(String[] arguments) throws Exception {
        try (VersionStore store =
                arguments.length > 1 ? SqliteVersionStore.open(Path.of(arguments[1])) : new InMemoryVersionStore()) {
            new VersionsBenchmark().run(Integer.parseInt(arguments[0]), store);
        }
    }

    private StoredRecord record(int i) {
        JsonObject shape = i < DRAWN ? drawn(i) : Records.geo("s" + i);
        return stored(moved(shape));
    }

    private JsonObject drawn(int i) {
        byte[] path = new byte[1_200];
        // A hand moves a little at a time: deltas are small numbers of two bytes.
        for (int at = 0; at < path.length; at += 2) {
            path[at] = (byte) (random.nextGaussian() * 12);
            path[at + 1] = (byte) (60 + random.nextInt(3));
        }
        return Records.draw2d("s" + i, Base64.getEncoder().encodeToString(path));
    }

    private JsonObject moved(JsonObject shape) {
        return shape.toBuilder()
                .put("x", random.nextInt(100_000) / 100.0)
                .put("y", random.nextInt(100_000) / 100.0)
                .build();
    }

    private StoredRecord stored(JsonObject shape) {
        return new StoredRecord(String.valueOf(shape.string("id")), Json.encode(shape), clock);
    }

    private void change() {
        clock++;
        for (int i = 0; i < records.size() / 100; i++) {
            int which = random.nextInt(records.size());
            records.set(
                    which,
                    i % 2 == 0 ? record(which) : stored(moved(records.get(which).unpack())));
        }
    }

    private void run(int versions, VersionStore store) throws Exception {
        HandClock time = new HandClock();
        ByteBudget memory = new ByteBudget(1L << 30);
        Archive archive = new Archive(store, time, new Random(2), memory, HistoryObserver.NONE);
        long cpu = 0;
        long slowest = 0;
        for (int i = 0; i < versions; i++) {
            change();
            time.advance(Duration.ofMinutes(10));
            RoomSnapshot room =
                    new RoomSnapshot(List.copyOf(records), Map.of(), clock, clock, HistoryFixture.SCHEMA.serialize());
            long begun = cpu();
            try (ByteLoan loan = archive.loan()) {
                archive.put("room", room, new Archive.Wanted(Reason.AUTO, Optional.empty(), List.of(), false), loan);
            }
            long took = cpu() - begun;
            slowest = i < 20 ? 0 : Math.max(slowest, took);
            cpu += took;
        }
        long document =
                records.stream().mapToLong(record -> record.json().length).sum();
        long wholes = store.blocks("room").stream()
                .filter(block -> block.key().isWhole())
                .count();
        System.out.printf(
                "%d versions of %d records, %.1f MB: %.1f MB kept, %.0f KB a version, %d whole; %.1f ms CPU a version, %.0f at most%n",
                versions,
                records.size(),
                document / 1e6,
                store.usage("room").bytes() / 1e6,
                store.usage("room").bytes() / 1e3 / versions,
                wholes,
                cpu / 1e6 / versions,
                slowest / 1e6);

        List<VersionId> ids = store.ids("room");
        long begun = cpu();
        int read = 0;
        for (int i = 0; i < ids.size(); i += Math.max(1, ids.size() / 50)) {
            archive.chains().content("room", store.version("room", ids.get(i)).orElseThrow(), bytes -> true);
            read++;
        }
        System.out.printf("%.0f ms CPU to read one%n", (cpu() - begun) / 1e6 / read);

        begun = cpu();
        List<Version> all = store.versions("room", Optional.empty(), Integer.MAX_VALUE);
        ThinningRules.DEFAULT.which(all, time.instant()).forEach(id -> store.remove("room", id));
        new Compactor(archive, time).compact("room");
        System.out.printf(
                "thinned out to %d, %.1f MB, in %.0f ms CPU%n",
                store.usage("room").versions(), store.usage("room").bytes() / 1e6, (cpu() - begun) / 1e6);
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
