package dev.drawbridge.bench.load;

import java.io.IOException;
import java.util.List;

/** That many connect at the same moment, ten to a room. */
final class Storm implements Scenario {
    private static final int PER_ROOM = 10;

    @Override
    public Figures run(Run run) throws IOException {
        List<Seat> seats = seats(run, "storm", PER_ROOM);
        Processes server = run.target().processes();
        try (Pool pool = run.pool()) {
            pool.add(seats);
            double cpu = server.cpuSeconds();
            Joins joins = pool.join(run.options().count("at-once").orElse(0), Run.JOINING);
            double cpuJoined = server.cpuSeconds();
            Pause.seconds(2);
            Tally tally = pool.tally();
            int joined = joins.joined().size();
            return new Figures()
                    .put("joined", (long) joined)
                    .put("joined_share", Figures.rounded((double) joined / run.size(), 4))
                    .put("all_ms", Figures.rounded(joins.allMillis(), 1))
                    .put("join_ms", joins.millis())
                    .put("cpu_us_per_join", Figures.rounded((cpuJoined - cpu) * 1e6 / joined))
                    .put("open_two_seconds_later", pool.open())
                    .put("rss_mb", Figures.rounded(server.residentMegabytes(), 1))
                    .put("closed", tally.closed)
                    .put("rejected", tally.rejected)
                    .put("reasons", tally.reasonFigures());
        }
    }

    /** People who do nothing, so many to a room. */
    static List<Seat> seats(Run run, String name, int perRoom) {
        String prefix = run.room(name);
        int each = run.options().count("per").orElse(perRoom);
        int rooms = Math.max(1, (run.size() + each - 1) / each);
        return Run.upTo(run.size())
                .mapToObj(i -> Seat.idle(prefix + "-" + i % rooms, prefix + "-" + i))
                .toList();
    }

    @Override
    public int usual() {
        return 2_000;
    }

    @Override
    public List<String> compared() {
        return List.of("joined_share", "all_ms", "join_ms.p50", "join_ms.max", "cpu_us_per_join", "rss_mb");
    }
}
