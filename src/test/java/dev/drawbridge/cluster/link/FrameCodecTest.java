package dev.drawbridge.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.protocol.DataEvent;
import dev.drawbridge.protocol.Payload;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A frame")
class FrameCodecTest {
    private static final int MOST = Integer.MAX_VALUE;
    private static final byte[] TEXT = "A tüxt — of 𝄞 \"quotes\"".getBytes(StandardCharsets.UTF_8);
    private static final DataEvent PATCH = new DataEvent.Patch(7, Payload.of(TEXT));

    static Stream<Frame> frames() {
        return Stream.of(
                new Frame.Join(1, TEXT, new byte[16]),
                new Frame.Join(MOST, new byte[0], new byte[0]),
                new Frame.Resume(2, TEXT, new byte[16], Long.MAX_VALUE),
                new Frame.Said(3, true, TEXT),
                new Frame.Said(3, false, new byte[0]),
                new Frame.Left(4),
                new Frame.Overflowed(MOST),
                new Frame.Folded(5, Long.MAX_VALUE),
                new Frame.Taken(6, MOST),
                new Frame.Held(7),
                new Frame.Joined(8),
                new Frame.Elsewhere(9, "nöde"),
                new Frame.Heard(10, MOST),
                new Frame.Event(11, false, PATCH),
                new Frame.Event(11, true, DataEvent.PushResult.of(JsonNumber.of(5), 6, new DataEvent.Action.Commit())),
                new Frame.Event(11, true, DataEvent.PushResult.of(null, 6, new DataEvent.Action.Discard())),
                new Frame.Crowd(12, List.of(1, 128, MOST), List.of()),
                new Frame.Crowd(12, List.of(), List.of(MOST, 0)),
                new Frame.Told(13, 0, PATCH),
                new Frame.Told(13, MOST, new DataEvent.Patch(Long.MAX_VALUE, Payload.of(new byte[0]))),
                new Frame.Message(14, -1, TEXT),
                new Frame.Message(14, 0, TEXT),
                new Frame.Message(14, Long.MAX_VALUE, new byte[0]),
                new Frame.Hydration(15, Long.MAX_VALUE, Long.MAX_VALUE),
                new Frame.Piece(16, TEXT),
                new Frame.Sign(17),
                new Frame.Close(18, false, 4099, "INVALID_RECORD"),
                new Frame.Close(18, true, 1012, ""),
                new Frame.Hold(19, "a room/with ünusual characters"),
                new Frame.Moved(20, "node", Long.MAX_VALUE, List.of(3, 2, 1)),
                new Frame.Moved(20, "", 0, List.of()),
                new Frame.Bring(21, "room", TEXT),
                new Frame.Brought(22, true),
                new Frame.Brought(22, false),
                new Frame.Ask(23, TEXT),
                new Frame.Answer(24, TEXT),
                new Frame.Ping(-5),
                new Frame.Ping(Long.MIN_VALUE),
                new Frame.Pong(Long.MAX_VALUE));
    }

    @ParameterizedTest
    @MethodSource("frames")
    @DisplayName("comes out as it went in")
    void thereAndBack(Frame frame) throws MalformedFrameException {
        assertThat(decode(FrameCodec.encode(frame))).hasValueSatisfying(read -> assertSame(read, frame));
    }

    @Test
    @DisplayName("has been tried of every kind")
    void allKinds() {
        assertThat(frames().<Class<?>>map(Frame::getClass).distinct())
                .containsExactlyInAnyOrder(Frame.class.getPermittedSubclasses());
    }

    @Test
    @DisplayName("may be larger than was expected of it")
    void large() throws MalformedFrameException {
        byte[] large = new byte[30 << 20];
        new Random(1).nextBytes(large);
        Frame frame = new Frame.Told(1, 0, new DataEvent.Patch(1, Payload.concat(List.of(Payload.of(large)))));
        assertThat(decode(FrameCodec.encode(frame)))
                .hasValueSatisfying(read ->
                        assertThat(((Frame.Told) read).event().encode().whole()).isEqualTo(large));
    }

    @ParameterizedTest
    @MethodSource("frames")
    @DisplayName("that ends too early is none, wherever it ends")
    void prefixes(Frame frame) {
        byte[] whole = FrameCodec.encode(frame);
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> decode(part))
                    .as("the first %s of %s bytes", length, whole.length)
                    .isInstanceOf(MalformedFrameException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("frames")
    @DisplayName("in which any bit has been turned is another frame or none")
    void bits(Frame frame) {
        byte[] whole = FrameCodec.encode(frame);
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] wrong = whole.clone();
            wrong[bit / 8] ^= (byte) (1 << bit % 8);
            assertFrameOrNone(wrong);
        }
    }

    @Test
    @DisplayName("is read from any bytes, or is none")
    void noise() {
        Random random = new Random(12);
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            if (bytes.length > 0 && random.nextBoolean()) {
                bytes[0] = (byte) (1 + random.nextInt(27));
            }
            assertFrameOrNone(bytes);
        }
    }

    @Test
    @DisplayName("[neighbouring releases] of a kind that is not known is skipped")
    void unknownKind() throws MalformedFrameException {
        assertThat(decode(new FrameWriter(8).number(99).text("something new").done()))
                .isEmpty();
        assertThat(decode(new FrameWriter(8).number(0).done())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("frames")
    @DisplayName("[neighbouring releases] may have more fields than are known")
    void moreFields(Frame frame) throws MalformedFrameException {
        byte[] known = FrameCodec.encode(frame);
        byte[] more = Arrays.copyOf(known, known.length + 20);
        Arrays.fill(more, known.length, more.length, (byte) 0xFF);
        assertThat(decode(more)).hasValueSatisfying(read -> assertSame(read, frame));
    }

    @Test
    @DisplayName("that says more is to follow than there is costs no memory")
    void lies() {
        for (long count : new long[] {10, 1L << 30, MOST, 1L << 31, 1L << 40, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
            for (int kind : new int[] {1, 2, 3, 10, 12, 13, 14, 15, 17, 20, 22, 24}) {
                for (int zeros = 1; zeros <= 5; zeros++) {
                    FrameWriter lie = new FrameWriter(16).number(kind);
                    for (int i = 0; i < zeros; i++) {
                        lie.number(0);
                    }
                    assertFrameOrNone(lie.number(count).done()); // a gigabyte each would not fit
                }
            }
            byte[] crowd =
                    new FrameWriter(16).number(13).number(1).number(count).done();
            assertThatThrownBy(() -> decode(crowd)).isInstanceOf(MalformedFrameException.class);
            byte[] said = new FrameWriter(16)
                    .number(3)
                    .number(1)
                    .number(1)
                    .number(count)
                    .done();
            assertThatThrownBy(() -> decode(said)).isInstanceOf(MalformedFrameException.class);
        }
    }

    @Test
    @DisplayName("has no number that does not end")
    void endless() {
        byte[] endless = new byte[100];
        Arrays.fill(endless, (byte) 0x80);
        assertThatThrownBy(() -> decode(endless))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageContaining("does not end");
    }

    @Test
    @DisplayName("names no clock behind the end of an answer to a push, no unknown verdict and no unknown event")
    void events() {
        assertNone(new FrameWriter(32).number(14).number(1).number(0).number(9).number(1));
        assertNone(pushResult(3, 0));
        assertNone(pushResult(0, 3));
    }

    private static FrameWriter pushResult(int verdict, int clockAt) {
        return new FrameWriter(32)
                .number(14)
                .number(1)
                .number(0)
                .number(1)
                .number(5)
                .number(verdict)
                .number(clockAt)
                .bytes(new byte[2]);
    }

    private static void assertNone(FrameWriter bytes) {
        assertThatThrownBy(() -> decode(bytes.done())).isInstanceOf(MalformedFrameException.class);
    }

    private static void assertFrameOrNone(byte[] bytes) {
        Throwable thrown = catchThrowable(() -> decode(bytes));
        if (thrown != null) {
            assertThat(thrown).as(Arrays.toString(bytes)).isInstanceOf(MalformedFrameException.class);
        }
    }

    private static Optional<Frame> decode(byte[] bytes) throws MalformedFrameException {
        return FrameCodec.decode(ByteBuffer.wrap(bytes));
    }

    private static void assertSame(Frame read, Frame sent) {
        assertThat(read)
                .usingRecursiveComparison(RecursiveComparisonConfiguration.builder()
                        .withStrictTypeChecking(false)
                        .withEqualsForType((a, b) -> Arrays.equals(a.whole(), b.whole()), Payload.class)
                        .build())
                .isEqualTo(sent);
    }
}
