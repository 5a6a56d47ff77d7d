package dev.drawbridge.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("[§19] JSON values")
class JsonTest {

    @Nested
    class Numbers {

        @ParameterizedTest(name = "{0} is read as {1}")
        @CsvSource({
            "1.0, 1",
            "1e2, 100",
            "9007199254740993, 9007199254740992",
            "-9007199254740993, -9007199254740992",
            "123456789012345678, 123456789012345680",
            "999999999999999999999, 1e21",
            "5e-324, 4.9E-324",
            "1e-400, 0",
            "-1e-400, 0",
            "0.1, 0.1",
        })
        @DisplayName("[§19] numbers are doubles")
        void doubles(String literal, double expected) throws JsonException {
            assertThat(Json.parse(literal)).isEqualTo(JsonNumber.of(expected));
        }

        @Test
        @DisplayName("[§19] -0 is 0, however it is written")
        void noNegativeZero() throws JsonException {
            assertThat(Json.parse("-0")).isEqualTo(Json.parse("0"));
            assertThat(Json.parse("-0.0")).isEqualTo(Json.parse("0"));
            assertThat(Json.write(JsonNumber.of(-0.0))).isEqualTo("0");
        }

        @ParameterizedTest
        @ValueSource(strings = {"1e400", "-1e400"})
        @DisplayName("[§19] [§21.7] a literal that overflows is infinite for a validator, and null once it is written")
        void overflow(String literal) throws JsonException {
            JsonValue value = Json.parse(literal);

            assertThat(value).isInstanceOfSatisfying(JsonNumber.class, number -> assertThat(number.isFinite())
                    .isFalse());
            assertThat(Json.write(value)).isEqualTo("null");
            assertThat(value.finite()).isEqualTo(JsonNull.NULL);
        }

        @Test
        @DisplayName("[§21.7] finite() replaces what is not finite, at any depth, and leaves all else the same object")
        void finite() throws JsonException {
            JsonValue bad = Json.parse("{\"a\":[1,{\"b\":1e999}],\"c\":2}");
            JsonValue good = Json.parse("{\"a\":[1,{\"b\":3}],\"c\":2}");

            assertThat(bad.finite()).isEqualTo(Json.parse("{\"a\":[1,{\"b\":null}],\"c\":2}"));
            assertThat(good.finite()).isSameAs(good);
        }

        @Test
        @DisplayName("a whole number is written without a fraction, as JavaScript does")
        void wholeNumbers() {
            assertThat(Json.write(JsonNumber.of(1))).isEqualTo("1");
            assertThat(Json.write(JsonNumber.of(1_700_000_000_000d))).isEqualTo("1700000000000");
        }

        @Test
        @DisplayName("[§21.6] a number of a million digits costs no more than its length")
        void longLiteral() throws JsonException {
            assertThat(Json.parse("1" + "0".repeat(1_000_000))).isEqualTo(JsonNumber.of(Double.POSITIVE_INFINITY));
            assertThat(Json.parse("0." + "0".repeat(1_000_000) + "1")).isEqualTo(JsonNumber.of(0));
        }
    }

    @Nested
    class Strings {

        @ParameterizedTest
        @ValueSource(strings = {"\"\\ud800\"", "\"\\udc00\"", "\"\\udc00\\ud800\"", "\"a\\ud83db\""})
        @DisplayName("[§19] a lone surrogate survives and is written as an escape")
        void loneSurrogates(String literal) throws JsonException {
            JsonValue value = Json.parse(literal);

            assertThat(Json.write(value)).isEqualToIgnoringCase(literal);
            assertThat(Json.parse(Json.encode(value))).isEqualTo(value);
        }

        @Test
        @DisplayName("[§19] a lone surrogate survives in a key")
        void loneSurrogateInKey() throws JsonException {
            JsonValue value = Json.parse("{\"\\ud800\":1,\"x\\udfff\":2}");

            assertThat(Json.parse(Json.encode(value))).isEqualTo(value);
        }

        @Test
        @DisplayName("[§19] an escaped pair is the same string as the pair itself")
        void escapedPair() throws JsonException {
            assertThat(Json.parse("\"\\ud83d\\ude00\"")).isEqualTo(Json.parse("\"\uD83D\uDE00\""));
        }

        @Test
        @DisplayName("[§19] U+2028, NUL and noncharacters survive, nothing is normalised")
        void exact() throws JsonException {
            for (String text : new String[] {"\u2028\u2029", "\u0000", "\uFFFE\uFFFF", "e\u0301", "\u00E9", "\uFEFF"}) {
                assertThat(Json.parse(Json.write(JsonString.of(text)))).isEqualTo(JsonString.of(text));
            }
            assertThat(JsonString.of("e\u0301")).isNotEqualTo(JsonString.of("\u00E9"));
        }
    }

    @Nested
    class Objects {

        @Test
        @DisplayName("[§19] of duplicate keys the last one wins")
        void duplicates() throws JsonException {
            assertThat(Json.parse("{\"a\":1,\"b\":2,\"a\":3}")).isEqualTo(Json.parse("{\"a\":3,\"b\":2}"));
        }

        @Test
        @DisplayName("[§5] equality ignores the order of keys and heeds that of items")
        void equality() throws JsonException {
            assertThat(Json.parse("{\"a\":1,\"b\":[1,2]}")).isEqualTo(Json.parse("{\"b\":[1.0,2],\"a\":1}"));
            assertThat(Json.parse("[1,2]")).isNotEqualTo(Json.parse("[2,1]"));
            assertThat(Json.parse("{\"a\":null}")).isNotEqualTo(Json.parse("{}"));
        }

        @Test
        @DisplayName("[§21.8] __proto__ and constructor are ordinary keys")
        void keysAreData() throws JsonException {
            String text = "{\"__proto__\":{\"x\":1},\"constructor\":2,\"toString\":3}";

            assertThat(Json.write(Json.parse(text))).isEqualTo(text);
        }

        @Test
        @DisplayName("keys keep their order")
        void order() throws JsonException {
            assertThat(Json.write(Json.parse("{\"b\":1,\"a\":2,\"1\":3,\"0\":4}")))
                    .isEqualTo("{\"b\":1,\"a\":2,\"1\":3,\"0\":4}");
        }

        @Test
        @DisplayName("an object does not change when its builder or its source goes on")
        void immutable() {
            JsonObject object = JsonObject.of("a", JsonNumber.of(1));

            object.toBuilder().put("b", 2).build();

            assertThat(object).isEqualTo(JsonObject.of("a", JsonNumber.of(1)));
            assertThat(object.with("a", JsonNumber.of(1))).isSameAs(object);
            assertThat(object.without("b")).isSameAs(object);
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(() -> object.keys().remove("a"));
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(() -> object.entries().iterator().next().setValue(JsonNull.NULL));
        }
    }

    @Nested
    class Strictness {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "NaN",
                    "Infinity",
                    "-Infinity",
                    "undefined",
                    "01",
                    "-01",
                    "+1",
                    ".5",
                    "1.",
                    "1e",
                    "0x1",
                    "-",
                    "{}x",
                    "{} {}",
                    "1 2",
                    "{",
                    "[",
                    "[1,",
                    "[1,]",
                    "{\"a\":1,}",
                    "{a:1}",
                    "{'a':1}",
                    "'a'",
                    "\"a",
                    "\"\n\"",
                    "\"\t\"",
                    "\"\\x\"",
                    "\"\\u12\"",
                    "/**/1",
                    "1//",
                    "#1",
                    "\uFEFF1",
                    "tru",
                    "TRUE",
                    "[1 2]",
                    "{\"a\" 1}",
                    "{\"a\"}",
                    "]",
                    "nulll"
                })
        @DisplayName("[§19] what is not strict JSON is not read")
        void strict(String text) {
            assertThatExceptionOfType(JsonException.Malformed.class).isThrownBy(() -> Json.parse(text));
        }

        @Test
        @DisplayName("[§19] a control character inside a string is refused, raw, and read, escaped")
        void controls() throws JsonException {
            for (char c = 0; c < 0x20; c++) {
                String raw = "\"" + c + "\"";
                assertThatExceptionOfType(JsonException.Malformed.class).isThrownBy(() -> Json.parse(raw));
                assertThat(Json.parse("\"\\u00%02x\"".formatted((int) c))).isEqualTo(JsonString.of(String.valueOf(c)));
            }
        }

        @Test
        @DisplayName("[§19] [§21.6] what is nested too deeply is refused before it can do harm")
        void depth() throws JsonException {
            int limit = Json.MAX_DEPTH;
            String deepest = "[".repeat(limit) + "]".repeat(limit);

            assertThat(Json.write(Json.parse(deepest))).isEqualTo(deepest);
            for (int depth : new int[] {limit + 1, 10_000, 1_000_000}) {
                assertThatExceptionOfType(JsonException.TooDeep.class)
                        .isThrownBy(() -> Json.parse("[".repeat(depth) + "]".repeat(depth)));
                assertThatExceptionOfType(JsonException.TooDeep.class)
                        .isThrownBy(() -> Json.parse("{\"a\":".repeat(depth)));
            }
        }

        @Test
        @DisplayName("what is said of a refused text quotes nothing of it")
        void discreet() {
            for (String text : new String[] {"{\"secret\":1,}", "{\"a\":secret}", "\"secret", "{\"a\":1}secret"}) {
                assertThatExceptionOfType(JsonException.class)
                        .isThrownBy(() -> Json.parse(text))
                        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
            }
        }
    }

    @Test
    @DisplayName("text and bytes are read alike")
    void bytes() throws JsonException {
        String text = "{\"a\":[1,\"\u00E9\uD83D\uDE00\",null,true]}";

        assertThat(Json.parse(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(Json.parse(text));
    }

    @Test
    @DisplayName("what JavaScript takes for false")
    void falsy() throws JsonException {
        for (String falsy : new String[] {"null", "false", "0", "-0", "\"\""}) {
            assertThat(Json.parse(falsy).isFalsy()).as(falsy).isTrue();
        }
        for (String truthy : new String[] {"true", "1", "\"0\"", "[]", "{}", "1e400"}) {
            assertThat(Json.parse(truthy).isFalsy()).as(truthy).isFalse();
        }
    }
}
