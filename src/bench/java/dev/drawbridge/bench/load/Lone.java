package dev.drawbridge.bench.load;

import java.io.IOException;
import java.util.List;

/**
 * One alone in a room of that many shapes: how long until a push is answered, when each comes after the answer to the
 * last, and at a steady pace.
 */
final class Lone implements Scenario {
    private static final double HERTZ = 20;

    @Override
    public Figures run(Run run) throws IOException {
        String room = run.room("lone");
        double hertz = run.options().number("hz").orElse(HERTZ);
        try (Pool pool = run.pool()) {
            LoadClient client = pool.add(List.of(new Seat(room, room + "-0", 0, false, Seat.Kind.MOVE, true)))
                    .getFirst();
            Joins joins = run.join(pool);
            if (joins.joined().isEmpty()) {
                throw new IOException("it could not join");
            }
            if (run.size() > 1) {
                var _ = pool.finish(client, new Work.Filling(room + "-f", run.size()));
            }
            pool.tell(ClientLoop::greet);
            Pause.seconds(0.5);
            pool.begin(client, new Work.Endless(1, client.edits()));
            Figures following = Window.measure(pool, run);
            pool.tell(ClientLoop::stopPushing);
            Pause.seconds(0.5);
            pool.tell(loop -> loop.startPushing(hertz));
            Figures paced = Window.measure(pool, run);
            return new Figures()
                    .put("hz", hertz)
                    .put("one_after_the_other", following)
                    .put("paced", paced);
        }
    }

    @Override
    public int usual() {
        return 1;
    }

    @Override
    public List<String> compared() {
        return List.of(
                "one_after_the_other.rtt_ms.p50",
                "one_after_the_other.rtt_ms.p99",
                "one_after_the_other.cpu_us_per_push",
                "paced.rtt_ms.p50",
                "paced.rtt_ms.p99",
                "paced.cpu_us_per_push");
    }
}
