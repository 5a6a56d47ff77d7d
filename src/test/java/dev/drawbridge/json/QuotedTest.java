package dev.drawbridge.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.Cost;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Issue 10, point 19. */
@DisplayName("Text that a client chose")
class QuotedTest {

    @ParameterizedTest
    @CsvSource({
        "shape:a, \"shape:a\"",
        "with space, \"with space\"",
        "Grüße 日本 😀, \"Grüße 日本 😀\"",
        "a\"b\\c, \"a\\\"b\\\\c\"",
    })
    @DisplayName("stands in quotation marks")
    void quoted(String text, String expected) {
        assertThat(Quoted.of(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "'a\nb',a\\nb",
                "'a\r\tb',a\\r\\tb",
                "'\0',\\u0000",
                "'\u001b[31m',\\u001b[31m",
                "'\u007f\u0085\u009b',\\u007f\\u0085\\u009b",
                "'\u2028\u2029',\\u2028\\u2029",
                "'\u202egnp.exe',\\u202egnp.exe",
                "'\u2066x\u2069\u200f',\\u2066x\\u2069\\u200f",
                "'\ufeff',\\ufeff",
                "'\ud800x\udc00',\\ud800x\\udc00",
            })
    @DisplayName("breaks no line, turns no text around and hides nothing")
    void escaped(String text, String expected) {
        assertThat(Quoted.isPlain(text)).isFalse();
        assertThat(Quoted.bare(text)).isEqualTo(expected);
        assertThat(Quoted.of(text)).isEqualTo('"' + expected + '"');
    }

    @Test
    @DisplayName("is cut short, between characters, and said how long it was, whatever it costs to hold")
    void shortened() {
        assertThat(Quoted.of("x".repeat(80))).isEqualTo('"' + "x".repeat(80) + '"');
        assertThat(Quoted.of("x".repeat(81))).isEqualTo('"' + "x".repeat(80) + "\"… (81 characters)");
        assertThat(Quoted.bare("x".repeat(79) + "😀y")).isEqualTo("x".repeat(79) + "😀… (82 characters)");
        String huge = "\n".repeat(60_000_000);
        assertThat(Quoted.of(huge)).hasSizeLessThan(200).endsWith("… (60000000 characters)");
        assertThat(Cost.inBytes(() -> Quoted.of(huge))).isLessThan(50_000);
        assertThat(Cost.inBytes(() -> Quoted.line(huge, 4_096))).isLessThan(5_000_000);
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "1e999, Infinity", "true, true", "null, null", "'[1,2]', an array", "'{\"a\":1}', an object"})
    @DisplayName("is named when it is no text")
    void values(String json, String expected) throws JsonException {
        assertThat(Quoted.of(Json.parse(json))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ordinary", "Grüße 日本 😀", "with \"marks\" and \\"})
    @DisplayName("is the same object when there is nothing to do to it")
    void untouched(String text) {
        assertThat(Quoted.line(text, 100)).isSameAs(text);
    }
}
