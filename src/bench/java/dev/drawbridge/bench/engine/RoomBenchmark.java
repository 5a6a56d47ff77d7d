package dev.drawbridge.bench.engine;

import dev.drawbridge.protocol.ClientMessage;
import dev.drawbridge.room.Effect;
import dev.drawbridge.room.Room;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a room takes for a push, once it is decoded: with fifty sessions, and the event for the others encoded. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RoomBenchmark {
    private static final int SESSIONS = 50;
    private static final int DIFFERENT = 1 << 10;
    private static final int LENGTH = 200;

    private final Room room = Fixtures.room(100);
    private final Fixtures.Client pusher = Fixtures.join(room, SESSIONS);
    private final ClientMessage[] presence = messages(Fixtures::presencePush);
    private final ClientMessage[] document = messages(Fixtures::documentPush);
    private int number;

    public RoomBenchmark() {
        if (presencePush().size() < 2 || documentPush().size() < 3) {
            throw new IllegalStateException("the pushes have no effect");
        }
    }

    private static ClientMessage[] messages(IntFunction<String> text) {
        return IntStream.range(0, DIFFERENT)
                .mapToObj(text)
                .map(Fixtures::message)
                .toArray(ClientMessage[]::new);
    }

    @Benchmark
    public List<Effect> presencePush() {
        return room.receive(pusher, presence[number++ & (DIFFERENT - 1)], LENGTH, Fixtures.NOW);
    }

    @Benchmark
    public List<Effect> documentPush() {
        return room.receive(pusher, document[number++ & (DIFFERENT - 1)], LENGTH, Fixtures.NOW);
    }
}
