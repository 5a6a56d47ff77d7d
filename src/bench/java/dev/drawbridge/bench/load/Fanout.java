package dev.drawbridge.bench.load;

import java.io.IOException;
import java.util.List;

/** Many in one room move their cursors, and one of them draws. */
final class Fanout implements Scenario {
    /** What a tldraw client sends while somebody's hand moves. */
    private static final double HERTZ = 30;

    @Override
    public Figures run(Run run) throws IOException {
        String room = run.room("fanout");
        List<Seat> seats = Run.upTo(run.size())
                .mapToObj(i -> new Seat(
                        room,
                        room + "-" + i,
                        run.size() - 1,
                        true,
                        i == 0 ? Seat.Kind.DRAW : Seat.Kind.NOTHING,
                        i == 0))
                .toList();
        double hertz = run.options().number("hz").orElse(HERTZ);
        try (Pool pool = run.pool()) {
            pool.add(seats);
            Joins joins = run.join(pool);
            pool.tell(ClientLoop::greet);
            Pause.seconds(0.3);
            pool.tell(loop -> loop.startPushing(hertz));
            return new Figures()
                    .put("hz", hertz)
                    .put("joined", (long) joins.joined().size())
                    .putAll(Window.measure(pool, run));
        }
    }

    @Override
    public int usual() {
        return 50;
    }

    @Override
    public List<String> compared() {
        return List.of(
                "cpu_us_per_offered",
                "delivered_ratio",
                "presence_ms.p50",
                "presence_ms.p95",
                "presence_ms.p99",
                "document_ms.p99",
                "rtt_ms.p50",
                "server_cores",
                "rss_mb");
    }
}
