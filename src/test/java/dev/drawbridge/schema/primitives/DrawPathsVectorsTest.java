package dev.drawbridge.schema.primitives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The vectors for draw paths")
class DrawPathsVectorsTest {

    static Stream<VectorGroup> groups() {
        return VectorGroup.of("draw-paths", VectorGroup::kind);
    }

    static Stream<VectorGroup> encodedGroups() {
        return groups().filter(group -> !group.name().equals("baddec"));
    }

    @ParameterizedTest
    @MethodSource("encodedGroups")
    @DisplayName("points are encoded as in the packages under Node 20")
    void encode(VectorGroup group) {
        group.check(vector -> {
            List<Point> points = points((JsonArray) VectorGroup.member(vector, "points"));
            assertThat(DrawPaths.encode(points, dim(vector))).isEqualTo(vector.string("path"));
        });
    }

    @ParameterizedTest
    @MethodSource("groups")
    @DisplayName("a path is decoded, or refused, as in the packages under Node 20")
    void decode(VectorGroup group) {
        group.check(vector -> {
            String path = ((JsonString) VectorGroup.member(vector, "path")).value();
            if (vector.has("throws")) {
                assertThatThrownBy(() -> DrawPaths.decode(path, dim(vector)))
                        .isInstanceOf(IllegalArgumentException.class);
            } else {
                assertThat(json(DrawPaths.decode(path, dim(vector)))).isEqualTo(vector.get("decoded"));
            }
        });
    }

    private static int dim(JsonObject vector) {
        return (int) VectorGroup.number(vector, "dim");
    }

    private static List<Point> points(JsonArray points) {
        return points.items().stream()
                .map(JsonObject.class::cast)
                .map(point -> new Point(
                        VectorGroup.number(point, "x"),
                        VectorGroup.number(point, "y"),
                        point.get("z") instanceof JsonNumber(double z) ? z : Point.DEFAULT_PRESSURE))
                .toList();
    }

    private static JsonArray json(List<Point> points) {
        return new JsonArray(points.stream()
                .<JsonValue>map(point -> JsonObject.builder()
                        .put("x", number(point.x()))
                        .put("y", number(point.y()))
                        .put("z", number(point.z()))
                        .build())
                .toList());
    }

    /** What a number is after it was written as JSON. */
    private static JsonValue number(double value) {
        return Double.isFinite(value) ? new JsonNumber(value) : JsonNull.NULL;
    }
}
