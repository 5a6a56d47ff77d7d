package dev.drawbridge.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    private static final int FIN = 0x80;
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;

    private final Messages messages = new Messages();
    private FrameReader reader = new FrameReader(messages);

    @Test
    @DisplayName("reads the same messages however the bytes come in, with lengths in all three encodings")
    void anyReads() {
        List<String> expected =
                List.of("", "short", "m".repeat(126), "ping xy", "l".repeat(70_000), "in three parts", "close é");
        byte[] stream = join(
                frame(FIN | TEXT, ""),
                frame(FIN | TEXT, "short"),
                frame(FIN | TEXT, "m".repeat(126)),
                frame(FIN | PING, "xy"),
                frame(FIN | TEXT, "l".repeat(70_000)),
                frame(TEXT, "in "),
                frame(CONTINUATION, "three "),
                frame(FIN | CONTINUATION, "parts"),
                frame(FIN | CLOSE, "é"));

        for (int size : new int[] {1, 2, 3, 7, 64, 1_000, 4_096, 65_536, stream.length}) {
            messages.seen.clear();
            reader = new FrameReader(messages);
            feed(stream, size);
            assertThat(messages.seen).as("in reads of %d bytes", size).isEqualTo(expected);
        }
    }

    @Test
    @DisplayName("what a listener has not taken of a message is given again with what follows")
    void givenAgain() {
        messages.reluctance = 10;
        feed(join(frame(FIN | TEXT, "0123456789".repeat(20)), frame(FIN | TEXT, "x")), 13);

        assertThat(messages.seen).containsExactly("0123456789".repeat(20), "x");
    }

    @Test
    @DisplayName("a control frame between the parts of a message comes before it")
    void controlBetween() {
        feed(
                join(frame(TEXT, "a"), frame(FIN | PING, "p"), frame(CONTINUATION, ""), frame(FIN | CONTINUATION, "b")),
                100);

        assertThat(messages.seen).containsExactly("ping p", "ab");
    }

    /** As the loop does: what is left of a read stands before what the next one brings. */
    private void feed(byte[] stream, int size) {
        byte[] rest = new byte[0];
        for (int at = 0; at < stream.length; at += size) {
            byte[] input = join(rest, Arrays.copyOfRange(stream, at, Math.min(stream.length, at + size)));
            int taken = reader.read(input, 0, input.length);
            rest = Arrays.copyOfRange(input, taken, input.length);
        }
        assertThat(rest).isEmpty();
    }

    private static byte[] frame(int first, String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(10 + payload.length).put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) payload.length);
        } else if (payload.length < 1 << 16) {
            frame.put((byte) 126).putShort((short) payload.length);
        } else {
            frame.put((byte) 127).putLong(payload.length);
        }
        frame.put(payload);
        return Arrays.copyOf(frame.array(), frame.position());
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static final class Messages implements FrameReader.Listener {
        private final List<String> seen = new ArrayList<>();
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();
        private int reluctance;

        @Override
        public int message(byte[] bytes, int from, int to, boolean last) {
            int taken = last ? to : Math.max(from, to - reluctance);
            message.write(bytes, from, taken - from);
            if (last) {
                seen.add(message.toString(StandardCharsets.UTF_8));
                message.reset();
            }
            return taken;
        }

        @Override
        public void control(int opcode, byte[] bytes, int from, int to) {
            seen.add(
                    (opcode == PING ? "ping " : "close ") + new String(bytes, from, to - from, StandardCharsets.UTF_8));
        }
    }
}
