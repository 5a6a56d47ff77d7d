package dev.drawbridge.schema.primitives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
    @ValueSource(strings = {"AA", "AAAA", "AAAAAAAAAAA=", "=", "AAAAAAA!"})
    @DisplayName("in the absolute form are refused when they end in the middle of a point")
    void malformedAbsolute(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> DrawPaths.decodeAbsolute(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"!AAAAAAAAAAAAAAA", "AAAA AAAAAAAAAAA", "AAAAAAAAAAAA\u00e9AAA", "AAAAAAAAAA==AAAAAAAAAAAA"})
    @DisplayName("with characters that are not base64 are refused")
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
