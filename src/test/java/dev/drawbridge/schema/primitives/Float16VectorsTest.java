package dev.drawbridge.schema.primitives;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The vectors for float16")
class Float16VectorsTest {

    static Stream<VectorGroup> groups() {
        return VectorGroup.of("float16", VectorGroup::kind);
    }

    @ParameterizedTest
    @MethodSource("groups")
    @DisplayName("bits and numbers belong together as in the packages under Node 20")
    void float16(VectorGroup group) {
        group.check(vector -> {
            double value = value(vector);
            int bits = (int) VectorGroup.number(vector, "bits");
            switch (group.name()) {
                case "f16enc" ->
                    assertThat(Short.toUnsignedInt(Float16.encode(value))).isEqualTo(bits);
                case "f16dec" ->
                    assertThat(new JsonNumber(Float16.decode((short) bits))).isEqualTo(new JsonNumber(value));
                default -> throw new IllegalStateException(group.name());
            }
        });
    }

    /** JSON has no words for some numbers. */
    private static double value(JsonObject vector) {
        return switch (VectorGroup.member(vector, "value")) {
            case JsonNumber(double number) -> number;
            case JsonString(String name) -> Double.parseDouble(name);
            default -> throw new IllegalStateException(vector.toString());
        };
    }
}
