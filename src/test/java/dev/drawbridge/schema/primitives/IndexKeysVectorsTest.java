package dev.drawbridge.schema.primitives;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonString;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The vectors for index keys")
class IndexKeysVectorsTest {

    static Stream<VectorGroup> groups() {
        return VectorGroup.of("index-keys", VectorGroup::kind);
    }

    @ParameterizedTest
    @MethodSource("groups")
    @DisplayName("an index key is what the packages take for one")
    void valid(VectorGroup group) {
        group.check(vector -> {
            String key = ((JsonString) VectorGroup.member(vector, "value")).value();
            assertThat(JsonBoolean.of(IndexKeys.isValid(key))).isEqualTo(vector.get("valid"));
        });
    }
}
