package dev.drawbridge.bench.load;

import java.io.IOException;
import java.util.List;

/** That many are connected and do nothing but ping: what each takes. */
final class Idle implements Scenario {
    private static final int PER_ROOM = 100;
    private static final double KILO = 1_024;

    @Override
    public Figures run(Run run) throws IOException {
        List<Seat> seats = Storm.seats(run, "idle", PER_ROOM);
        Memory before = Memory.of(run.target());
        try (Pool pool = run.pool()) {
            pool.add(seats);
            int joined = run.join(pool).joined().size();
            Pause.seconds(6); // everybody has pinged once
            Figures figures = Window.measure(pool, run);
            Memory after = Memory.of(run.target());
            return new Figures()
                    .put("joined", (long) joined)
                    .put("open", pool.open())
                    .put("heap_kb_per_connection", Figures.rounded(after.heapSince(before) / KILO / joined))
                    .put("rss_kb_per_connection", Figures.rounded(after.residentSince(before) / KILO / joined))
                    .putAll(figures);
        }
    }

    @Override
    public int usual() {
        return 1_000;
    }

    @Override
    public List<String> compared() {
        return List.of("heap_kb_per_connection", "rss_kb_per_connection", "server_cores", "rss_mb");
    }
}
