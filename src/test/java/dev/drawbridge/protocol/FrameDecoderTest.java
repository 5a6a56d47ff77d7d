package dev.drawbridge.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.protocol.FrameDecoder.Broken;
import dev.drawbridge.protocol.FrameDecoder.Frame;
import dev.drawbridge.protocol.FrameDecoder.Message;
import dev.drawbridge.protocol.FrameDecoder.Partial;
import dev.drawbridge.protocol.FrameDecoder.Refused;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("[§2] frames")
class FrameDecoderTest {
    private static final String PING = "{\"type\":\"ping\"}";

    private final FrameDecoder decoder = new FrameDecoder(Limits.DEFAULT.message());

    @Test
    @DisplayName("[§2] a frame that starts with a brace is a whole message")
    void whole() {
        assertPing(decoder.decode(PING));
        assertPing(decoder.decode("{ \"type\" : \"ping\", \"extra\":[1] }  "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " " + PING,
                "\uFEFF" + PING,
                "\n" + PING,
                "[]",
                "null",
                "5",
                "true",
                "\"text\"",
                "hello",
                "_",
                "_abc",
                "-1_abc",
                "+0_" + PING,
                " 0_" + PING,
                "0 _" + PING,
                "1.0_a",
                "0x0_a",
                "\u0660_" + PING,
                "a0_" + PING,
                "0",
                "0-" + PING
            })
    @DisplayName("[§2] neither {… nor a chunk: broken framing, the client may come back")
    void neither(String frame) {
        assertThat(decoder.decode(frame)).isInstanceOf(Broken.class);
        assertPing(decoder.decode(PING));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{}x",
                "{\"type\":\"ping\"",
                "{type:ping}",
                "{\"type\":\"ping\",}",
                "{\"type\":NaN}",
                "{\"type\":\"pi\nng\"}"
            })
    @DisplayName("[§2] {… that is no JSON is refused for good")
    void notJson(String frame) {
        assertRefused(decoder.decode(frame), RefusalReason.UNKNOWN_ERROR);
        assertPing(decoder.decode(PING));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"type\":\"pong\"}",
                "{\"type\":\"PING\"}",
                "{\"type\":null}",
                "{\"type\":5}",
                "{\"type\":[\"ping\"]}",
                "{\"type\":\"toString\"}",
                "{\"Type\":\"ping\"}"
            })
    @DisplayName("[§2] an unknown or missing type is refused for good")
    void unknownType(String frame) {
        assertRefused(decoder.decode(frame), RefusalReason.UNKNOWN_ERROR);
        assertRefused(decoder.decode("0_" + frame), RefusalReason.UNKNOWN_ERROR);
    }

    @Nested
    class Chunks {

        @Test
        @DisplayName("[§2] the header counts the chunks that still follow")
        void countdown() {
            assertPartial("2_{\"type\"");
            assertPartial("1_:\"pi");
            assertPing(decoder.decode("0_ng\"}"));
        }

        @Test
        @DisplayName("[§2] 0_{…} alone is a whole message")
        void single() {
            assertPing(decoder.decode("0_" + PING));
        }

        @Test
        @DisplayName("[§2] leading zeros are tolerated, any number of them")
        void leadingZeros() {
            assertPartial("0001_{\"type\"");
            assertPing(decoder.decode("0".repeat(50) + "_:\"ping\"}"));
        }

        @Test
        @DisplayName("[§2] a chunk may be empty, and may hold line breaks and more underscores")
        void anyBody() {
            assertPartial("3_");
            assertPartial("2_{\n\"type\":\"push\",\r\n");
            assertPartial("1_\"clientClock\":\"a_b\u2028\u2029\"");
            assertThat(decoder.decode("0_}"))
                    .isInstanceOfSatisfying(Message.class, message -> assertThat(message.message())
                            .isInstanceOfSatisfying(ClientMessage.Push.class, push -> assertThat(push.clientClock())
                                    .isEqualTo(JsonString.of("a_b\u2028\u2029"))));
        }

        @Test
        @DisplayName("[§2] a cut within a surrogate pair joins to the pair again")
        void cutPair() {
            assertPartial("1_{\"type\":\"push\",\"clientClock\":\"\uD83D");
            assertThat(decoder.decode("0_\uDE00\"}"))
                    .isInstanceOfSatisfying(Message.class, message -> assertThat(message.message())
                            .isInstanceOfSatisfying(ClientMessage.Push.class, push -> assertThat(push.clientClock())
                                    .isEqualTo(JsonString.of("\uD83D\uDE00"))));
        }

        @Test
        @DisplayName("[§2] what a browser makes of a cut pair is stored as it arrives")
        void replacedPair() {
            assertPartial("1_{\"type\":\"push\",\"clientClock\":\"\uFFFD");
            assertThat(decoder.decode("0_\uFFFD\"}"))
                    .isInstanceOfSatisfying(Message.class, message -> assertThat(message.message())
                            .isInstanceOfSatisfying(ClientMessage.Push.class, push -> assertThat(push.clientClock())
                                    .isEqualTo(JsonString.of("\uFFFD\uFFFD"))));
        }

        @ParameterizedTest
        @ValueSource(strings = {"2_x", "3_x", "1_x", "99999999999999999999_x"})
        @DisplayName("[§2] a chunk with another than the next lower number breaks the framing")
        void outOfOrder(String wrong) {
            assertPartial("2_{\"type\"");
            if (!wrong.startsWith("1")) {
                assertThat(decoder.decode(wrong)).isInstanceOf(Broken.class);
            } else {
                assertPartial(wrong);
                assertThat(decoder.decode(wrong)).isInstanceOf(Broken.class);
            }
        }

        @Test
        @DisplayName("[§2] a whole message, or nonsense, inside a sequence breaks the framing")
        void interrupted() {
            assertPartial("1_{\"type\"");
            assertThat(decoder.decode(PING)).isInstanceOf(Broken.class);

            assertPartial("1_{\"type\"");
            assertThat(decoder.decode("nonsense")).isInstanceOf(Broken.class);
        }

        @Test
        @DisplayName("[§2] an error forgets the sequence")
        void reset() {
            assertPartial("2_{\"type\"");
            assertThat(decoder.decode("0_x")).isInstanceOf(Broken.class);

            assertPing(decoder.decode(PING));
            assertPartial("1_{\"type\":");
            assertPing(decoder.decode("0_\"ping\"}"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "x", "{", "{\"type\":\"ping\"", "{\"type\":\"ping\"}}"})
        @DisplayName("[§2] a sequence that adds up to no JSON breaks the framing")
        void notJson(String body) {
            assertThat(decoder.decode("0_" + body)).isInstanceOf(Broken.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"[]", "null", "5", "\"ping\"", " [1]"})
        @DisplayName("[§2] a sequence that adds up to no object is refused for good")
        void notAnObject(String body) {
            assertRefused(decoder.decode("0_" + body), RefusalReason.UNKNOWN_ERROR);
        }

        @Test
        @DisplayName("[§2] a sequence belongs to one socket")
        void perSocket() {
            assertPartial("1_{\"type\"");

            assertThat(new FrameDecoder(Limits.DEFAULT.message()).decode("0_:\"ping\"}"))
                    .isInstanceOf(Broken.class);
        }

        private void assertPartial(String frame) {
            assertThat(decoder.decode(frame)).as(frame).isInstanceOf(Partial.class);
        }
    }

    @Nested
    class Bounds {
        private final FrameDecoder small = new FrameDecoder(new Limits.OfMessage(100, 5, 100));

        @Test
        @DisplayName("[§21.6] a message is limited in length, in one frame or in many")
        void length() {
            String fits = "{\"type\":\"ping\",\"x\":\"" + "y".repeat(78) + "\"}";
            assertThat(fits).hasSize(100);
            assertPing(small.decode(fits));
            assertRefused(small.decode(fits + " "), RefusalReason.MESSAGE_TOO_LARGE);

            assertThat(small.decode("2_" + fits.substring(0, 60))).isInstanceOf(Partial.class);
            assertThat(small.decode("1_" + fits.substring(60))).isInstanceOf(Partial.class);
            assertRefused(small.decode("0_ "), RefusalReason.MESSAGE_TOO_LARGE);
            assertPing(small.decode(PING));
        }

        @Test
        @DisplayName("[§21.6] a message is limited in chunks")
        void chunks() {
            assertRefused(small.decode("5_{"), RefusalReason.MESSAGE_TOO_LARGE);
            assertRefused(small.decode("99999999999999999999_{"), RefusalReason.MESSAGE_TOO_LARGE);
            assertThat(small.decode("4_{")).isInstanceOf(Partial.class);
        }

        @Test
        @DisplayName("[§21.6] what a real client sends is far below the limits")
        void roomForAll() {
            String body = "{\"type\":\"ping\",\"x\":\"" + "y".repeat(3 << 20) + "\"}";
            decoder.decode("{\"type\":\"connect\"}");
            assertPing(decoder.decode(body));
            assertPing(decoder.decode("0_" + body));
        }

        @Test
        @DisplayName("[§21.20] a chunk has a unit more where a surrogate pair would be cut")
        void longestChunk() {
            String start = "{\"type\":\"push\",\"clientClock\":\"";
            String end = "x".repeat(262_144 - 2 - 4) + "\"}"; // the longest last chunk of 5.4.2 begins within the pair
            assertThat(decoder.decode("{\"type\":\"connect\"}")).isInstanceOf(Message.class);

            assertThat(decoder.decode("1_" + start)).isInstanceOf(Partial.class);
            Frame whole = decoder.decode("0_💡x" + end);

            assertThat(("0_💡x" + end).length()).isEqualTo(262_145);
            assertThat(whole).isInstanceOfSatisfying(Message.class, read -> assertThat(
                            ((ClientMessage.Push) read.message()).clientClock())
                    .hasToString("\"💡x" + end.replace("}", "")));
        }

        @Test
        @DisplayName("[§21.20] by default 16 Mi units and 100,000 chunks, as the reference takes them")
        void defaults() {
            assertThat(Limits.DEFAULT.message().length()).isEqualTo(16 * 1024 * 1024);
            assertThat(Limits.DEFAULT.message().chunks()).isEqualTo(100_000);
            assertThat(decoder.decode("99999_")).isInstanceOf(Partial.class);
            decoder.reset();
            assertThat(decoder.decode("100000_"))
                    .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.reason())
                            .isEqualTo(RefusalReason.MESSAGE_TOO_LARGE));
        }

        @Test
        @DisplayName("[§21.6] what comes before the first connect message is short")
        void beforeConnect() {
            String body = "{\"type\":\"ping\",\"x\":\"" + "y".repeat(64 << 10) + "\"}";
            assertRefused(decoder.decode(body), RefusalReason.MESSAGE_TOO_LARGE);
            assertPing(decoder.decode("{\"type\":\"ping\"}"));
        }

        @Test
        @DisplayName("[§19] JSON nested too deeply is refused for good")
        void depth() {
            String deep = "{\"type\":\"push\",\"diff\":" + "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_001);

            assertRefused(decoder.decode(deep), RefusalReason.INVALID_RECORD);
            assertRefused(decoder.decode("0_" + deep), RefusalReason.INVALID_RECORD);
            assertPing(decoder.decode(PING));
        }
    }

    @Nested
    @DisplayName("[§3] client messages")
    class Messages {

        @Test
        @DisplayName("[§3] a connect, as it is and with nothing in it")
        void connect() throws Exception {
            assertThat(message("{\"type\":\"connect\",\"connectRequestId\":\"V1\",\"lastServerClock\":-1,"
                            + "\"protocolVersion\":8,\"schema\":{\"schemaVersion\":2},\"extra\":1}"))
                    .isEqualTo(new ClientMessage.Connect(
                            JsonString.of("V1"),
                            Json.parse("8"),
                            Json.parse("{\"schemaVersion\":2}"),
                            Json.parse("-1")));
            assertThat(message("{\"type\":\"connect\"}")).isEqualTo(new ClientMessage.Connect(null, null, null, null));
        }

        @Test
        @DisplayName("[§3] a push, as it is and with nothing in it; absent is not null")
        void push() throws Exception {
            assertThat(message("{\"type\":\"push\",\"clientClock\":7,\"diff\":{\"shape:b\":[\"remove\"]},"
                            + "\"presence\":[\"patch\",{}],\"extra\":1}"))
                    .isEqualTo(new ClientMessage.Push(
                            Json.parse("7"), Json.parse("{\"shape:b\":[\"remove\"]}"), Json.parse("[\"patch\",{}]")));
            assertThat(message("{\"type\":\"push\"}")).isEqualTo(new ClientMessage.Push(null, null, null));
            assertThat(message("{\"type\":\"push\",\"diff\":null}"))
                    .isEqualTo(new ClientMessage.Push(null, Json.parse("null"), null));
        }

        private ClientMessage message(String frame) {
            return ((Message) decoder.decode(frame)).message();
        }
    }

    private static void assertPing(Frame frame) {
        assertThat(frame).isInstanceOfSatisfying(Message.class, message -> assertThat(message.message())
                .isEqualTo(new ClientMessage.Ping()));
    }

    private static void assertRefused(Frame frame, RefusalReason reason) {
        assertThat(frame).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.reason())
                .isEqualTo(reason));
    }
}
