package dev.drawbridge.web.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("[RFC 6455] A reader of frames")
class FrameReaderTest {
    private static final int FIN = 0x80;

    private final Heard heard = new Heard();
    private final FrameReader reader = new FrameReader(heard, false);

    /** Keeps what it is told. */
    private static final class Heard implements Inbound {
        private final List<String> all = new ArrayList<>();
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();

        @Override
        public void part(ByteBuffer part, boolean text, boolean compressed, boolean last) {
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            message.writeBytes(bytes);
            if (last) {
                all.add((text ? "text " : "binary ")
                        + (compressed ? "compressed " : "")
                        + message.toString(StandardCharsets.UTF_8));
                message.reset();
            }
        }

        @Override
        public void ping(byte[] payload) {
            all.add("ping " + new String(payload, StandardCharsets.UTF_8));
        }

        @Override
        public void close(int code) {
            all.add("close " + code);
        }
    }

    @Nested
    @DisplayName("[5.2] reads messages")
    class Messages {

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, 300_000})
        @DisplayName("of all lengths, in all three encodings")
        void lengths(int length) throws FrameException {
            String text = "x".repeat(length);
            read(frame(FIN | Opcode.TEXT, text));
            assertThat(heard.all).containsExactly("text " + text);
        }

        @Test
        @DisplayName("in fragments, with control frames between them")
        void fragments() throws FrameException {
            read(
                    frame(Opcode.TEXT, "one "),
                    frame(FIN | Opcode.PING, "hello"),
                    frame(Opcode.CONTINUATION, "two "),
                    frame(FIN | Opcode.PONG, ""),
                    frame(FIN | Opcode.CONTINUATION, "three"),
                    frame(FIN | Opcode.BINARY, "four"));
            assertThat(heard.all).containsExactly("ping hello", "text one two three", "binary four");
        }

        @Test
        @DisplayName("the same, however the bytes are cut")
        void anyCut() throws FrameException {
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            stream.writeBytes(frame(Opcode.TEXT, "é".repeat(100)));
            stream.writeBytes(frame(FIN | Opcode.PING, "p"));
            stream.writeBytes(frame(FIN | Opcode.CONTINUATION, "x".repeat(70_000)));
            stream.writeBytes(frame(FIN | Opcode.TEXT, ""));
            stream.writeBytes(frame(FIN | Opcode.CLOSE, new byte[] {0x03, (byte) 0xE8}));
            List<String> expected =
                    List.of("ping p", "text " + "é".repeat(100) + "x".repeat(70_000), "text ", "close 1000");
            for (long seed = 0; seed < 200; seed++) {
                RandomGenerator random =
                        RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
                Heard cut = new Heard();
                FrameReader cutReader = new FrameReader(cut, false);
                byte[] all = stream.toByteArray();
                for (int at = 0; at < all.length; ) {
                    int length = Math.min(all.length - at, 1 + random.nextInt(random.nextBoolean() ? 3 : 9_000));
                    cutReader.read(ByteBuffer.wrap(all.clone(), at, length));
                    at += length;
                }
                assertThat(cut.all).as("seed %d", seed).isEqualTo(expected);
            }
        }

        @Test
        @DisplayName("and nothing behind a close frame")
        void behindClose() throws FrameException {
            read(frame(FIN | Opcode.CLOSE, ""), frame(FIN | Opcode.TEXT, "late"));
            assertThat(heard.all).containsExactly("close 1005");
        }

        @Test
        @DisplayName("without setting memory aside for a length that is only announced")
        void announced() throws FrameException {
            byte[] header = {(byte) (FIN | Opcode.TEXT), (byte) 0xFF, 0x7F, -1, -1, -1, -1, -1, -1, -1, 1, 2, 3, 4};
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long thread = Thread.currentThread().threadId();
            reader.read(ByteBuffer.wrap(header.clone(), 0, 4)); // classes are loaded now
            long before = threads.getThreadAllocatedBytes(thread);
            reader.read(ByteBuffer.wrap(header.clone(), 4, 10));
            assertThat(threads.getThreadAllocatedBytes(thread) - before).isLessThan(10_000);
        }
    }

    @Nested
    @DisplayName("refuses")
    class Refuses {

        @ParameterizedTest
        @CsvSource({"0x40", "0x20", "0x10"})
        @DisplayName("[5.2] reserved bits that nobody has agreed on")
        void reservedBits(String bit) {
            assertRefused(1002, frame(FIN | Integer.decode(bit) | Opcode.TEXT, "x"));
        }

        @ParameterizedTest
        @ValueSource(ints = {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
        @DisplayName("[5.2] reserved opcodes")
        void reservedOpcodes(int opcode) {
            assertRefused(1002, frame(FIN | opcode, "x"));
        }

        @Test
        @DisplayName("[5.1] a frame without a mask")
        void unmasked() {
            assertRefused(1002, new byte[] {(byte) (FIN | Opcode.TEXT), 1, 'x'});
        }

        @Test
        @DisplayName("[5.4] a continuation of nothing, and a message within a message")
        void fragmentation() {
            assertRefused(1002, frame(FIN | Opcode.CONTINUATION, "x"));
            assertRefused(1002, frame(Opcode.TEXT, "x"), frame(FIN | Opcode.TEXT, "y"));
            assertRefused(1002, frame(FIN | Opcode.TEXT, "x"), frame(FIN | Opcode.CONTINUATION, "y"));
        }

        @Test
        @DisplayName("[5.5] control frames that are fragmented or too long")
        void control() {
            assertRefused(1002, frame(Opcode.PING, "x"));
            assertRefused(1002, frame(FIN | Opcode.PING, "x".repeat(126)));
            assertRefused(1002, frame(Opcode.CLOSE, ""));
        }

        @Test
        @DisplayName("[5.2] a length with its highest bit set")
        void negativeLength() {
            byte[] header = {(byte) (FIN | Opcode.TEXT), (byte) 0xFF, (byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4};
            assertRefused(1002, header);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 2000, 2999, 5000, 65535})
        @DisplayName("[7.4] close codes that nobody may send")
        void closeCodes(int code) {
            assertRefused(1002, frame(FIN | Opcode.CLOSE, new byte[] {(byte) (code >> 8), (byte) code}));
        }

        @Test
        @DisplayName("[5.5.1] a close frame of one byte, or with a reason that is not UTF-8")
        void closePayload() {
            assertRefused(1002, frame(FIN | Opcode.CLOSE, new byte[] {3}));
            assertRefused(1007, frame(FIN | Opcode.CLOSE, new byte[] {0x03, (byte) 0xE8, (byte) 0xFF}));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1003, 1007, 1011, 1014, 3000, 4000, 4099, 4999})
    @DisplayName("[7.4] takes the close codes that may be sent")
    void closeCodes(int code) throws FrameException {
        read(frame(FIN | Opcode.CLOSE, new byte[] {(byte) (code >> 8), (byte) code, 'o', 'k'}));
        assertThat(heard.all).containsExactly("close " + code);
    }

    @Test
    @DisplayName("[RFC 7692] takes compressed messages when that was agreed on, and no compressed continuations")
    void compressed() throws FrameException {
        FrameReader agreed = new FrameReader(heard, true);
        agreed.read(ByteBuffer.wrap(frame(0x40 | Opcode.TEXT, "a")));
        agreed.read(ByteBuffer.wrap(frame(FIN | Opcode.CONTINUATION, "b")));
        assertThat(heard.all).containsExactly("text compressed ab");
        agreed.read(ByteBuffer.wrap(frame(Opcode.TEXT, "a")));
        assertThatExceptionOfType(FrameException.class)
                .isThrownBy(() -> agreed.read(ByteBuffer.wrap(frame(FIN | 0x40 | Opcode.CONTINUATION, "b"))));
    }

    private void read(byte[]... frames) throws FrameException {
        for (byte[] frame : frames) {
            reader.read(ByteBuffer.wrap(frame));
        }
    }

    private static void assertRefused(int code, byte[]... frames) {
        FrameReader fresh = new FrameReader(new Heard(), false);
        assertThatExceptionOfType(FrameException.class)
                .isThrownBy(() -> {
                    for (byte[] frame : frames) {
                        fresh.read(ByteBuffer.wrap(frame));
                    }
                })
                .satisfies(e -> assertThat(e.closeCode()).isEqualTo(code));
    }

    private static byte[] frame(int first, String payload) {
        return frame(first, payload.getBytes(StandardCharsets.UTF_8));
    }

    /** A frame as a client sends it. */
    static byte[] frame(int first, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(14 + payload.length);
        frame.put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 1 << 16) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        byte[] mask = {7, -3, 100, 55};
        frame.put(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ mask[i & 3]));
        }
        byte[] all = new byte[frame.position()];
        frame.flip().get(all);
        return all;
    }
}
