package dev.drawbridge.bench.engine;

import dev.drawbridge.diff.NetworkDiff;
import dev.drawbridge.diff.RecordDiffer;
import dev.drawbridge.diff.RecordOp;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.protocol.DataEvent;
import dev.drawbridge.protocol.DataMessage;
import dev.drawbridge.protocol.FrameDecoder;
import dev.drawbridge.protocol.Limits;
import dev.drawbridge.protocol.Payload;
import dev.drawbridge.room.Records;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
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

/** What it takes to make a message of what came over the wire, and bytes of what goes out. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class WireBenchmark {
    private final FrameDecoder decoder = new FrameDecoder(Limits.DEFAULT.message());
    private final byte[] presencePush = Fixtures.presencePush(7).getBytes(StandardCharsets.UTF_8);
    private final byte[] documentPush = Fixtures.documentPush(7).getBytes(StandardCharsets.UTF_8);

    private final NetworkDiff presence = NetworkDiff.of(
            "instance_presence:p1",
            new RecordOp.Patch(RecordDiffer.STRING_APPENDS.diff(Records.presence("a"), moved(Records.presence("a")))));
    private final NetworkDiff newShape = NetworkDiff.of("shape:a", new RecordOp.Put(Records.geo("a")));
    private final List<Payload> sixteen = Collections.nCopies(16, new DataEvent.Patch(17, presence).encode());

    private static JsonObject moved(JsonObject record) {
        return record.with(
                "cursor", Records.presence("b").with("x", JsonNumber.of(7)).with("y", JsonNumber.of(8)));
    }

    @Benchmark
    public FrameDecoder.Frame decodePresencePush() {
        return decoder.decode(new String(presencePush, StandardCharsets.UTF_8));
    }

    @Benchmark
    public FrameDecoder.Frame decodeDocumentPush() {
        return decoder.decode(new String(documentPush, StandardCharsets.UTF_8));
    }

    @Benchmark
    public DataEvent encodeEventOfPresence() {
        return new DataEvent.Patch(17, presence);
    }

    @Benchmark
    public DataEvent encodeEventOfNewShape() {
        return new DataEvent.Patch(17, newShape);
    }

    /** The message that gathers what came to one client within a sixtieth of a second. */
    @Benchmark
    public byte[] gatherSixteenEvents() {
        return DataMessage.of(sixteen).whole();
    }
}
