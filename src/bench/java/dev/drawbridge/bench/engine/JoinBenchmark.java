package dev.drawbridge.bench.engine;

import dev.drawbridge.protocol.ClientMessage;
import dev.drawbridge.room.Effect;
import dev.drawbridge.room.Room;
import dev.drawbridge.room.Visitor;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a room of 10,000 records takes for a join. Who joins comes again and again with the same session. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class JoinBenchmark {
    private static final int RECORDS = 10_000;

    private final Room room = Fixtures.room(RECORDS);
    private final String connectText = Fixtures.connectText();
    private final ClientMessage connect = Fixtures.message(connectText);

    /** Until the answer is known, and how long it will be. */
    @Benchmark
    public List<Effect> join() {
        Fixtures.Client client = new Fixtures.Client("joins");
        var _ = room.open(client, Visitor.unknown("joins", false), Fixtures.NOW);
        return room.receive(client, connect, connectText.length(), Fixtures.NOW);
    }

    /** Until every byte of it has been made. */
    @Benchmark
    public long joinAndEncode() {
        long bytes = 0;
        for (Effect effect : join()) {
            if (effect instanceof Effect.Send send) {
                for (Iterator<byte[]> slices = send.message().encode().slices(); slices.hasNext(); ) {
                    bytes += slices.next().length;
                }
            }
        }
        if (bytes < RECORDS) {
            throw new IllegalStateException("the answer has " + bytes + " bytes");
        }
        return bytes;
    }
}
