package dev.drawbridge.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.schema.StoreSchema;
import dev.drawbridge.schema.ValidationException;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsTest {
    private final StoreSchema schema = TldrawSchema.create();

    @ParameterizedTest
    @DisplayName("shapes are valid, wherever they lie on the page")
    @ValueSource(ints = {0, 61, 62, 3_905, 3_906, 50_000, 199_999})
    void shapes(int number) throws ValidationException, JsonException {
        schema.validate(null, parsed(Records.rectangle("shape:a", number)));
    }

    @Test
    @DisplayName("lines and presence are valid")
    void others() throws ValidationException, JsonException {
        schema.validate(null, parsed(Records.line("shape:a", "AAAAAAAAAAAAAAAA", Clock.toWire(1))));
        schema.validate(null, parsed(Records.presence("s", Clock.micros())));
    }

    @Test
    @DisplayName("no two shapes have the same place on the page")
    void indices() {
        assertThat(IntStream.range(0, 5_000).mapToObj(Records::index))
                .doesNotHaveDuplicates()
                .isSorted();
        assertThat(Records.index(0)).isEqualTo("a0");
        assertThat(Records.index(62)).isEqualTo("b00");
        assertThat(Records.index(62 + 62 * 62)).isEqualTo("c000");
    }

    @Test
    @DisplayName("a message is put together in one frame, masked with zeros, however long it is")
    void frames() {
        Outgoing out = new Outgoing();
        for (int length : new int[] {0, 125, 126, 65_535, 65_536, 200_000}) {
            ByteBuffer frame = out.begin().text("x".repeat(length)).frame();
            int header = length < 126 ? 6 : length < 65_536 ? 8 : 14;

            assertThat(frame.remaining()).as("a frame of %d", length).isEqualTo(header + length);
            assertThat(frame.get(frame.position()) & 0xff).isEqualTo(0x81);
            assertThat(frame.getInt(frame.position() + header - 4))
                    .as("the mask")
                    .isZero();
        }
        assertThat(StandardCharsets.US_ASCII
                        .decode(out.begin()
                                .number(0)
                                .text(",")
                                .number(1_234_567_890_123L)
                                .frame())
                        .toString())
                .endsWith("0,1234567890123");
    }

    private static JsonObject parsed(String json) throws JsonException {
        return (JsonObject) Json.parse(json);
    }
}
