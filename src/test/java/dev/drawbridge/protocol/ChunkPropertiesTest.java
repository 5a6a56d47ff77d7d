package dev.drawbridge.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.json.RandomJson;
import dev.drawbridge.json.Seeds;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("[§2] frames, whatever is in them")
class ChunkPropertiesTest {

    @Test
    @DisplayName("[§2] a message that is cut as clients cut it is put together again")
    void roundTrip() {
        Seeds.check(2_000, random -> {
            JsonValue clock = new RandomJson(random).value(4);
            String message = unescaped(push(clock), random);
            List<String> frames = ClientChunks.split(message, random.nextInt(12, 80));

            assertThat(lastOf(new FrameDecoder(Limits.DEFAULT.message()), frames)
                            .message())
                    .isEqualTo(pushWith(clock));
        });
    }

    @Test
    @DisplayName("[§2] chunks of the real size, with pairs cut in two")
    void realSize() {
        Seeds.check(6, random -> {
            int offset = random.nextInt(2);
            int pairs = ClientChunks.MAX_LENGTH / 2 * random.nextInt(1, 5);
            JsonValue clock = JsonString.of("x".repeat(offset) + "\uD83D\uDE00".repeat(pairs));
            List<String> frames =
                    ClientChunks.split("{\"type\":\"push\",\"clientClock\":\"" + ((JsonString) clock).value() + "\"}");

            assertThat(frames).hasSizeGreaterThan(1).allSatisfy(frame -> assertThat(frame.length())
                    .isLessThanOrEqualTo(ClientChunks.MAX_LENGTH));
            FrameDecoder decoder = new FrameDecoder(Limits.DEFAULT.message());
            decoder.decode("{\"type\":\"connect\"}");
            assertThat(lastOf(decoder, frames).message()).isEqualTo(pushWith(clock));
        });
    }

    @Test
    @DisplayName("[§2] one decoder reads any number of messages, whole and cut")
    void manyMessages() {
        Seeds.check(200, random -> {
            FrameDecoder decoder = new FrameDecoder(Limits.DEFAULT.message());
            for (int i = 0; i < 20; i++) {
                JsonValue clock = new RandomJson(random).value(2);
                List<String> frames = ClientChunks.split(push(clock), random.nextInt(12, 200));

                assertThat(lastOf(decoder, frames).message()).isEqualTo(pushWith(clock));
            }
        });
    }

    @Test
    @DisplayName("[§2] no sequence of frames makes the decoder throw, and it recovers from all of them")
    void garbage() {
        Seeds.check(3_000, random -> {
            FrameDecoder decoder = new FrameDecoder(new Limits.OfMessage(200, 4, 100));
            for (int i = 0; i < 20; i++) {
                assertThat(decoder.decode(garbage(random))).isNotNull();
            }
            decoder.decode("no frame"); // ends a sequence that may be open
            assertThat(decoder.decode("{\"type\":\"ping\"}"))
                    .isEqualTo(new FrameDecoder.Message(new ClientMessage.Ping(), 15));
        });
    }

    private static String garbage(RandomGenerator random) {
        RandomJson json = new RandomJson(random);
        String body =
                switch (random.nextInt(5)) {
                    case 0 -> json.units(random.nextInt(250));
                    case 1 -> Json.write(json.value(3));
                    case 2 -> "{\"type\":\"push\",\"diff\":" + Json.write(json.value(3)) + "}";
                    case 3 -> "{\"type\":\"" + json.text() + "\"";
                    default -> json.text();
                };
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(6) + "_" + body;
            case 1 -> json.text() + "_" + body;
            case 2 -> random.nextLong() + "_" + body;
            default -> body;
        };
    }

    private static FrameDecoder.Message lastOf(FrameDecoder decoder, List<String> frames) {
        for (String frame : frames.subList(0, frames.size() - 1)) {
            assertThat(decoder.decode(frame)).isEqualTo(new FrameDecoder.Partial());
        }
        return (FrameDecoder.Message) decoder.decode(frames.getLast());
    }

    private static String push(JsonValue clock) {
        return Json.write(JsonObject.builder()
                .put("type", "push")
                .put("clientClock", clock)
                .build());
    }

    /** Half of the time with lone surrogates as they are: a socket that is no browser's may send them so. */
    private static String unescaped(String json, RandomGenerator random) {
        return random.nextBoolean() ? json : json.replace("\\uD83D", "\uD83D").replace("\\uDE00", "\uDE00");
    }

    private static ClientMessage pushWith(JsonValue clock) {
        return new ClientMessage.Push(clock, null, null);
    }
}
