package dev.drawbridge.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Joining a room of many shapes, one by one and twenty at once. */
final class BigRoom implements Scenario {
    private static final int ALONE = 5;
    private static final int TOGETHER = 20;
    private static final double MEGA = 1 << 20;

    @Override
    public Figures run(Run run) throws IOException {
        String room = run.room("bigroom");
        Processes server = run.target().processes();
        Memory before = Memory.of(run.target());
        try (Pool pool = run.pool()) {
            LoadClient owner = join(pool, room, 0, 1).getFirst();
            double cpuBefore = server.cpuSeconds();
            long filling = pool.finish(owner, new Work.Filling(room, run.size()));
            double cpuFilled = server.cpuSeconds();
            Memory filled = Memory.of(run.target());

            LoadClient witness =
                    pool.add(List.of(Seat.idle(room, room + "-witness"))).getFirst();
            witness.countShapes();
            Joins witnessed = pool.join(0, Run.JOINING);
            int shapes = witness.shapes();
            pool.leave(witnessed.all());

            double cpuAlone = server.cpuSeconds();
            List<LoadClient> alone = new ArrayList<>();
            for (int i = 0; i < ALONE; i++) {
                List<LoadClient> one = join(pool, room, 100 + i, 1);
                alone.addAll(one);
                pool.leave(one);
            }
            double cpuTogether = server.cpuSeconds();
            Joins together = new Joins(join(pool, room, 200, TOGETHER));
            double cpuJoined = server.cpuSeconds();
            double resident = server.residentMegabytes();
            Pause.seconds(1);
            long stillThere = pool.open();
            Tally tally = pool.tally();
            return new Figures()
                    .put("fill_ms", Figures.rounded(filling / 1_000.0, 0))
                    .put("fill_cpu_us_per_record", Figures.rounded((cpuFilled - cpuBefore) * 1e6 / run.size()))
                    .put("answer_bytes", witness.answerLength())
                    .put("shapes_in_answer", (long) shapes)
                    .put("complete", shapes == run.size())
                    .put("join_ms", new Joins(alone).millis())
                    .put("join_cpu_ms", Figures.rounded((cpuTogether - cpuAlone) * 1e3 / ALONE))
                    .put("join20_ms", together.millis())
                    .put("join20_cpu_ms", Figures.rounded((cpuJoined - cpuTogether) * 1e3 / TOGETHER))
                    .put("join20_joined", (long) together.joined().size())
                    .put("open_a_second_later", stillThere)
                    .put("heap_mb_of_room", Figures.rounded(filled.heapSince(before) / MEGA))
                    .put("rss_mb", Figures.rounded(resident, 1))
                    .put("closed", tally.closed)
                    .put("rejected", tally.rejected)
                    .put("reasons", tally.reasonFigures());
        }
    }

    private static List<LoadClient> join(Pool pool, String room, int from, int count) {
        List<LoadClient> clients = pool.add(Run.upTo(count)
                .mapToObj(i -> Seat.idle(room, room + "-" + (from + i)))
                .toList());
        var _ = pool.join(0, Run.JOINING);
        return clients;
    }

    @Override
    public int usual() {
        return 10_000;
    }

    @Override
    public List<String> compared() {
        return List.of(
                "join_ms.p50",
                "join_cpu_ms",
                "join20_ms.p50",
                "join20_ms.max",
                "join20_cpu_ms",
                "heap_mb_of_room",
                "rss_mb");
    }
}
