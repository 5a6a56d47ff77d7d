package dev.drawbridge.schema.primitives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Draw paths")
class DrawPathsTest {

    private static final List<Point> POINTS =
            List.of(new Point(1.5, -2, 0.5), new Point(100, 0.25, 1), Point.of(-8, 3));

    @Test
    @DisplayName("in the absolute form have six bytes a point")
    void absolute() {
        assertThat(DrawPaths.encodeAbsolute(POINTS)).isEqualTo("AD4AwAA4QFYANAA8AMgAQgA4");
        assertThat(DrawPaths.decodeAbsolute("AD4AwAA4QFYANAA8AMgAQgA4")).isEqualTo(POINTS);
        assertThat(DrawPaths.encodeAbsolute(List.of())).isEmpty();
        assertThat(DrawPaths.decodeAbsolute("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AA", "AAAA", "AAAAAAAAAAA=", "=", "AD4AwAA="})
    @DisplayName("in the absolute form are refused when they end in the middle of a point")
    void malformedAbsolute(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> DrawPaths.decodeAbsolute(path));
    }

    /** Issue 10, point 22; the numbers are those of @tldraw/tlschema 5.4.2 under Node 20. */
    @ParameterizedTest
    @CsvSource({
        "!AAAAAAAAAAAAAAA, 0, 0, 0",
        "AAAA AAAAAAAAAAA, 0, 0, 0",
        "\u00e9AAAAAAAAAA=AAAA, 0, 0, 0",
        "AACAPwAA_AEAAAAA/, 1, 2.350988701644575e-38, 0",
        "AACAPwAA-AEAAAAA/, 1, 2.350988701644575e-38, 0",
        "AACAPwAAAEAAAAA_, 1, 2, 0",
        "AACAPwAAAEAAAAA, 1, 2, 0",
    })
    @DisplayName("with characters that are not base64 are read as if these were an A")
    void odd(String path, double x, double y, double z) {
        assertThat(DrawPaths.decode(path + "A".repeat(Math.max(0, 16 - path.length())), 3)
                        .getFirst())
                .isEqualTo(new Point(x, y, z));
    }

    @Test
    @DisplayName("in the absolute form are read as oddly")
    void oddAbsolute() {
        assertThat(DrawPaths.decodeAbsolute("AD4AwA=4")).containsExactly(new Point(1.5, -2, 0.5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"=", "==", "AAAA", "AACAPwAAAEAAAAA/AA", "AACAPwAAAEAAAAA=="})
    @DisplayName("are refused when they end in the middle of a point")
    void malformed(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> DrawPaths.decode(path, 3));
    }

    @Test
    @DisplayName("without pressure are a third shorter and decode to the default pressure")
    void flat() {
        List<Point> decoded = DrawPaths.decode(DrawPaths.encode(POINTS, 2), 2);
        assertThat(decoded).containsExactly(Point.of(1.5, -2), Point.of(100, 0.25), Point.of(-8, 3.25 - 0.25));
    }

    @Test
    @DisplayName("hold an infinite difference where float16 has no number")
    void infinite() {
        List<Point> decoded = DrawPaths.decode(DrawPaths.encode(List.of(Point.of(0, 0), Point.of(1e6, 0)), 2), 2);
        assertThat(decoded.getLast().x()).isInfinite();
    }
}
