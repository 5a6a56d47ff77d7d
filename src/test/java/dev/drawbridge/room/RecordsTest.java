package dev.drawbridge.room;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.drawbridge.json.JsonObject;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The records that tests are made of")
class RecordsTest {

    static Stream<JsonObject> records() {
        return Stream.of(
                Records.document(),
                Records.page(),
                Records.page("x"),
                Records.geo("a"),
                Records.text("a"),
                Records.note("a"),
                Records.draw("a"),
                Records.draw2d("a", Records.PATH_2D),
                Records.arrow("a"),
                Records.frame("a"),
                Records.binding("a", "shape:a", "shape:b"),
                Records.imageAsset("a"),
                Records.user("a"),
                Records.presence("a"),
                Records.camera());
    }

    @ParameterizedTest
    @MethodSource("records")
    @DisplayName("are valid, so that a broken one never hides behind a refusal")
    void valid(JsonObject record) {
        assertThatCode(() -> Schemas.OURS.validate(null, record)).doesNotThrowAnyException();
    }
}
