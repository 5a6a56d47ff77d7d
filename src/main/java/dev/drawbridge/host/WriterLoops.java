package dev.drawbridge.host;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** The loops of a node, one a core; each outbox keeps to one of them. */
final class WriterLoops implements AutoCloseable {
    private final List<WriterThread> loops;
    private final AtomicInteger next = new AtomicInteger();

    private WriterLoops(List<WriterThread> loops) {
        this.loops = loops;
    }

    static WriterLoops start(int count) {
        List<WriterThread> loops = IntStream.range(0, count)
                .mapToObj(number -> new WriterThread("writer-" + number))
                .toList();
        loops.forEach(WriterThread::start);
        return new WriterLoops(loops);
    }

    /** The loop for one more outbox. */
    WriterLoop next() {
        return loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
    }

    @Override
    public void close() {
        loops.forEach(WriterThread::close);
    }
}
