package dev.drawbridge.web.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drawbridge.protocol.Payload;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("[RFC 6455] What goes out and comes in:")
class FramesTest {

    @Nested
    @DisplayName("[5.2] a header")
    class Header {

        @Test
        @DisplayName("has the shortest form for the length, and no mask")
        void forms() {
            assertThat(Frames.textHeader(0, false)).containsExactly(0x81, 0);
            assertThat(Frames.textHeader(125, false)).containsExactly(0x81, 125);
            assertThat(Frames.textHeader(126, false)).containsExactly(0x81, 126, 0, 126);
            assertThat(Frames.textHeader(65_535, false)).containsExactly(0x81, 126, 0xFF, 0xFF);
            assertThat(Frames.textHeader(65_536, false)).containsExactly(0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0);
            assertThat(Frames.textHeader(5, true)).containsExactly(0xC1, 5);
        }
    }

    @Nested
    @DisplayName("[5.5.1] a close frame")
    class Close {

        @Test
        @DisplayName("has its code and its reason, cut between characters where it is too long")
        void reasons() {
            assertThat(Frames.close(4099, "NO")).containsExactly(0x88, 4, 0x10, 0x03, 'N', 'O');
            byte[] cut = Frames.close(1000, "x" + "é".repeat(100));
            assertThat(cut).hasSize(2 + 2 + 123);
            assertThat(new String(cut, 4, 123, StandardCharsets.UTF_8)).isEqualTo("x" + "é".repeat(61));
            byte[] cutEarlier = Frames.close(1000, "é".repeat(100));
            assertThat(new String(cutEarlier, 4, cutEarlier.length - 4, StandardCharsets.UTF_8))
                    .isEqualTo("é".repeat(61));
        }
    }

    @Test
    @DisplayName("a message leaves byte for byte, however little the network takes at a time")
    void outgoing() {
        List<byte[]> slices = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            slices.add(("slice " + i + "x".repeat(i)).getBytes(StandardCharsets.UTF_8));
        }
        slices.add(new byte[0]);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        slices.forEach(expected::writeBytes);
        for (long seed = 0; seed < 50; seed++) {
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            Outgoing message = Outgoing.message(new byte[] {1, 2}, slices.iterator(), expected.size());
            ByteArrayOutputStream sent = new ByteArrayOutputStream();
            ByteBuffer buffer = ByteBuffer.allocate(1 + random.nextInt(5_000));
            while (message.left() > 0) {
                buffer.clear();
                message.fill(buffer);
                int taken = random.nextInt(buffer.position() + 1);
                sent.write(buffer.array(), 0, taken);
                message.taken(taken);
            }
            byte[] all = sent.toByteArray();
            assertThat(all).as("seed %d", seed).hasSize(2 + expected.size());
            assertThat(Arrays.copyOfRange(all, 2, all.length)).isEqualTo(expected.toByteArray());
        }
    }

    @Nested
    @DisplayName("[8.1] a text")
    class Text {

        @ParameterizedTest
        @ValueSource(strings = {"", "plain", "é", "€", "😀", "\u0000", "\uFFFF\uFFFD", "a\uD7FFb\uE000c"})
        @DisplayName("is taken when it is UTF-8, cut anywhere")
        void valid(String text) throws FrameException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            for (int cut = 0; cut <= bytes.length; cut++) {
                Utf8 utf8 = new Utf8();
                utf8.check(ByteBuffer.wrap(bytes, 0, cut));
                utf8.check(ByteBuffer.wrap(bytes, cut, bytes.length - cut));
                utf8.end();
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "80",
                    "C080",
                    "C1BF",
                    "E08080",
                    "E09FBF",
                    "EDA080",
                    "EDBFBF",
                    "F0808080",
                    "F08FBFBF",
                    "F4908080",
                    "F5808080",
                    "FF",
                    "C3",
                    "E282",
                    "F09F98",
                    "C328",
                    "E28228",
                    "F0288CBC"
                })
        @DisplayName("is refused when it is not: overlong, a surrogate, too large, or broken off")
        void invalid(String hex) {
            byte[] bytes = HexFormat.of().parseHex(hex);
            assertThatExceptionOfType(FrameException.class)
                    .isThrownBy(() -> {
                        Utf8 utf8 = new Utf8();
                        for (byte b : bytes) {
                            utf8.check(ByteBuffer.wrap(new byte[] {b}));
                        }
                        utf8.end();
                    })
                    .satisfies(e -> assertThat(e.closeCode()).isEqualTo(1007));
        }
    }

    @Nested
    @DisplayName("[RFC 7692] a compressed message")
    class Compressed {

        @Test
        @DisplayName("comes back as it was, in small parts")
        void roundTrip() throws FrameException {
            byte[] text = "tell me again ".repeat(50_000).getBytes(StandardCharsets.UTF_8);
            Payload deflated = Compression.deflate(Payload.of(text));
            assertThat(deflated.length()).isLessThan(text.length / 50);
            ByteArrayOutputStream inflated = new ByteArrayOutputStream();
            List<Integer> parts = new ArrayList<>();
            new Compression().inflate(ByteBuffer.wrap(whole(deflated)), true, (part, last) -> {
                parts.add(part.remaining());
                byte[] bytes = new byte[part.remaining()];
                part.get(bytes);
                inflated.writeBytes(bytes);
            });
            assertThat(inflated.toByteArray()).isEqualTo(text);
            assertThat(parts).allSatisfy(length -> assertThat(length).isLessThanOrEqualTo(16 << 10));
        }

        @Test
        @DisplayName("that is none is refused")
        void broken() {
            assertThatExceptionOfType(FrameException.class).isThrownBy(() -> new Compression()
                    .inflate(ByteBuffer.wrap(new byte[] {-1, -1, -1, -1}), true, (part, last) -> {}));
        }
    }

    private static byte[] whole(Payload payload) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Iterator<byte[]> slices = payload.slices();
        slices.forEachRemaining(all::writeBytes);
        assertThat(all.size()).isEqualTo(payload.length());
        return all.toByteArray();
    }
}
