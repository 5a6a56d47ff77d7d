package dev.drawbridge.bench.load;

import java.io.IOException;
import java.util.List;

/** Many in one room change its document as fast as they get answers. */
final class Saturate implements Scenario {
    private static final int WINDOW = 4;

    @Override
    public Figures run(Run run) throws IOException {
        String room = run.room("saturate");
        int window = run.options().count("window").orElse(WINDOW);
        List<Seat> seats = Run.upTo(run.size())
                .mapToObj(i -> new Seat(room, room + "-" + i, run.size() - 1, false, Seat.Kind.MOVE, true))
                .toList();
        try (Pool pool = run.pool()) {
            List<LoadClient> clients = pool.add(seats);
            Joins joins = run.join(pool);
            pool.tell(ClientLoop::greet);
            Pause.seconds(0.5);
            clients.forEach(client -> pool.begin(client, new Work.Endless(window, client.edits())));
            Figures figures = new Figures()
                    .put("window", window)
                    .put("joined", (long) joins.joined().size())
                    .putAll(Window.measure(pool, run));
            pool.tell(ClientLoop::stopPushing);
            return figures;
        }
    }

    @Override
    public int usual() {
        return 50;
    }

    @Override
    public List<String> compared() {
        return List.of(
                "commits_s",
                "patches_s",
                "rtt_ms.p50",
                "rtt_ms.p99",
                "document_ms.p99",
                "server_cores",
                "cpu_us_per_push",
                "rss_mb");
    }
}
