package dev.drawbridge.bench.load;

import java.io.IOException;
import java.util.List;

/** Many rooms with few people in each, of whom one moves shapes. */
final class Rooms implements Scenario {
    private static final int PEOPLE = 3;
    private static final double HERTZ = 5;
    private static final double KILO = 1_024;

    @Override
    public Figures run(Run run) throws IOException {
        String prefix = run.room("rooms");
        int people = run.options().count("per").orElse(PEOPLE);
        List<Seat> seats = Run.upTo(run.size() * people)
                .mapToObj(i -> new Seat(
                        prefix + "-" + i / people,
                        prefix + "-" + i,
                        people - 1,
                        true,
                        i % people == 0 ? Seat.Kind.MOVE : Seat.Kind.NOTHING,
                        i % people == 0))
                .toList();
        double hertz = run.options().number("hz").orElse(HERTZ);
        Memory before = Memory.of(run.target());
        try (Pool pool = run.pool()) {
            pool.add(seats);
            Joins joins = run.join(pool);
            pool.tell(ClientLoop::greet);
            Pause.seconds(0.5);
            pool.tell(loop -> loop.startPushing(hertz));
            Figures figures = new Figures()
                    .put("people", people)
                    .put("hz", hertz)
                    .put("joined", (long) joins.joined().size())
                    .put("join_all_ms", Figures.rounded(joins.allMillis(), 1))
                    .putAll(Window.measure(pool, run));
            pool.tell(ClientLoop::stopPushing);
            Memory after = Memory.of(run.target());
            return figures.put("rss_kb_per_room", Figures.rounded(after.residentSince(before) / KILO / run.size()))
                    .put("heap_kb_per_room", Figures.rounded(after.heapSince(before) / KILO / run.size()));
        }
    }

    @Override
    public int usual() {
        return 300;
    }

    @Override
    public List<String> compared() {
        return List.of(
                "cpu_us_per_push",
                "cpu_us_per_offered",
                "delivered_ratio",
                "presence_ms.p50",
                "presence_ms.p99",
                "document_ms.p99",
                "rtt_ms.p50",
                "server_cores",
                "rss_kb_per_room",
                "heap_kb_per_room",
                "rss_mb");
    }
}
