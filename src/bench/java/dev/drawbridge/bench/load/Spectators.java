package dev.drawbridge.bench.load;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** A few draw in one room, and many look on: by other doors, where there are any. */
final class Spectators implements Scenario {
    private static final int EDITORS = 4;
    private static final double HERTZ = 30;

    @Override
    public Figures run(Run run) throws IOException {
        String room = run.room("show");
        int everybody = EDITORS + run.size();
        int otherDoors = run.target().doors().size() - 1;
        try (Pool pool = run.pool()) {
            // The first to come decides where the room is.
            pool.add(IntStream.range(0, EDITORS)
                    .mapToObj(i -> new Seat(
                            room,
                            room + "-" + i,
                            everybody - 1,
                            true,
                            i == 0 ? Seat.Kind.DRAW : Seat.Kind.NOTHING,
                            i == 0))
                    .toList());
            int editors = run.join(pool).joined().size();
            List<Seat> onlookers = Run.upTo(run.size())
                    .mapToObj(i -> new Seat(
                            room,
                            room + "-looks-" + i,
                            0,
                            false,
                            Seat.Kind.NOTHING,
                            false,
                            otherDoors == 0 ? 0 : 1 + i % otherDoors))
                    .toList();
            pool.add(onlookers);
            int joined = editors + run.join(pool).joined().size();
            pool.tell(ClientLoop::greet);
            Pause.seconds(0.3);
            double hertz = run.options().number("hz").orElse(HERTZ);
            pool.tell(loop -> loop.startPushing(hertz));
            return new Figures().put("hz", hertz).put("joined", joined).putAll(Window.measure(pool, run));
        }
    }

    @Override
    public int usual() {
        return 100;
    }

    @Override
    public List<String> compared() {
        return List.of("server_cores", "helpers_cores", "presence_ms.p50", "presence_ms.p99", "patches_s");
    }
}
