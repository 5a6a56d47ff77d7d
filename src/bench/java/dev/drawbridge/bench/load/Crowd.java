package dev.drawbridge.bench.load;

import java.io.IOException;
import java.util.List;

/** That many connections, a hundred to a room, each with a move now and then: what a busy public server has. */
final class Crowd implements Scenario {
    private static final int PER_ROOM = 100;
    private static final double HERTZ = 0.2;

    @Override
    public Figures run(Run run) throws IOException {
        String prefix = run.room("crowd");
        int people = Math.min(run.size(), run.options().count("per").orElse(PER_ROOM));
        int rooms = (run.size() + people - 1) / people;
        List<Seat> seats = Run.upTo(run.size())
                .mapToObj(i -> new Seat(
                        prefix + "-" + i % rooms,
                        prefix + "-" + i,
                        run.size() / rooms + (i % rooms < run.size() % rooms ? 1 : 0) - 1,
                        true,
                        Seat.Kind.NOTHING,
                        i % 100 == 0,
                        i))
                .toList();
        double hertz = run.options().number("hz").orElse(HERTZ);
        try (Pool pool = run.pool()) {
            pool.add(seats);
            Joins joins = run.join(pool);
            pool.tell(ClientLoop::greet);
            Pause.seconds(2);
            pool.tell(loop -> loop.startPushing(hertz));
            return new Figures()
                    .put("rooms", rooms)
                    .put("hz", hertz)
                    .put("joined", (long) joins.joined().size())
                    .put("joined_share", Figures.rounded((double) joins.joined().size() / run.size(), 4))
                    .put("join_all_ms", Figures.rounded(joins.allMillis(), 1))
                    .put("join_ms", joins.millis())
                    .putAll(Window.measure(pool, run))
                    .put("open", pool.open());
        }
    }

    @Override
    public int usual() {
        return 10_000;
    }

    @Override
    public List<String> compared() {
        return List.of(
                "joined_share",
                "delivered_ratio",
                "presence_ms.p50",
                "presence_ms.p99",
                "cpu_us_per_offered",
                "server_cores",
                "rss_mb");
    }
}
