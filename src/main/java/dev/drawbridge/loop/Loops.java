package dev.drawbridge.loop;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** The loops of a node. */
public final class Loops implements AutoCloseable {
    private final List<SelectorLoop> loops;
    private final AtomicInteger next = new AtomicInteger();

    private Loops(List<SelectorLoop> loops) {
        this.loops = loops;
    }

    /** Starts so many. */
    public static Loops start(int count) {
        List<SelectorLoop> loops = IntStream.range(0, count)
                .mapToObj(number -> new SelectorLoop("loop-" + number))
                .toList();
        loops.forEach(SelectorLoop::start);
        return new Loops(loops);
    }

    /** The loop for one more room, or for a socket that has none. */
    public Loop next() {
        return loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
    }

    @Override
    public void close() {
        loops.forEach(SelectorLoop::close);
    }
}
