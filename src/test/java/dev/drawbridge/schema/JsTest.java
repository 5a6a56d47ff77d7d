package dev.drawbridge.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("As in JavaScript,")
class JsTest {

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "'',0",
                "' \t\n',0",
                "\u00a0\ufeff 0.5 \u2003,0.5",
                ".5,0.5",
                "5.,5",
                "-1e3,-1000",
                "+2,2",
                "0x1F,31",
                "0b101,5",
                "0o17,15",
                "Infinity,Infinity",
                "-Infinity,-Infinity",
                "-0x1,NaN",
                "1f,NaN",
                "1d,NaN",
                "1_000,NaN",
                "0x,NaN",
                ".,NaN",
                "infinity,NaN",
                "1 2,NaN",
                "१,NaN"
            })
    @DisplayName("a text is read as a number")
    void textToNumber(String text, double number) {
        assertThat(Js.toNumber(JsonString.of(text))).isEqualTo(Double.valueOf(number));
    }

    @Test
    @DisplayName("other values are read as numbers")
    void valueToNumber() {
        assertThat(Js.toNumber(null)).isNaN();
        assertThat(Js.toNumber(JsonNull.NULL)).isZero();
        assertThat(Js.toNumber(JsonBoolean.TRUE)).isOne();
        assertThat(Js.toNumber(JsonArray.EMPTY)).isZero();
        assertThat(Js.toNumber(JsonArray.of(JsonString.of("7")))).isEqualTo(7);
        assertThat(Js.toNumber(JsonArray.of(JsonNumber.of(1), JsonNumber.of(2))))
                .isNaN();
        assertThat(Js.toNumber(JsonObject.EMPTY)).isNaN();
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "-1.5,-1.5",
        "1e20,100000000000000000000",
        "1e21,1e+21",
        "1.25e-7,1.25e-7",
        "1e-6,0.000001",
        "1e-300,1e-300",
        "1.7976931348623157e308,1.7976931348623157e+308",
        "NaN,NaN"
    })
    @DisplayName("a number is written as a text")
    void numberToText(double number, String text) {
        assertThat(Js.toText(JsonNumber.of(number))).isEqualTo(text);
    }

    @Test
    @DisplayName("the integer-like keys of an object come first, in ascending order")
    void order() {
        JsonObject object = JsonObject.builder()
                .put("b", 1)
                .put("10", 2)
                .put("9", 3)
                .put("01", 4)
                .put("4294967295", 5)
                .put("a", 6)
                .build();
        assertThat(Js.entries(object))
                .extracting(Map.Entry::getKey)
                .containsExactly("9", "10", "b", "01", "4294967295", "a");
    }

    @Test
    @DisplayName("members of arrays, texts and numbers can be asked for, those of null and nothing cannot")
    void members() {
        JsonValue array = JsonArray.of(JsonString.of("x"));
        assertThat(Js.member(array, "0")).isEqualTo(JsonString.of("x"));
        assertThat(Js.member(array, "1")).isNull();
        assertThat(Js.member(array, "length")).isEqualTo(JsonNumber.of(1));
        assertThat(Js.member(JsonString.of("yz"), "1")).isEqualTo(JsonString.of("z"));
        assertThat(Js.member(JsonNumber.of(1), "x")).isNull();
        assertThatThrownBy(() -> Js.member(JsonNull.NULL, "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Js.member(null, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.SECONDS)
    @DisplayName("a long text is read in time")
    void longTexts() {
        int length = 1_000_000;
        assertThat(Js.toNumber(JsonString.of("1".repeat(length) + "x"))).isNaN();
        assertThat(Js.toNumber(JsonString.of("1".repeat(length)))).isInfinite();
        assertThat(Js.toNumber(JsonString.of("0x" + "f".repeat(length)))).isInfinite();
        assertThat(Js.toNumber(JsonString.of("0x" + "0".repeat(length) + "f"))).isEqualTo(15);
        assertThat(Js.toNumber(JsonString.of("0." + "0".repeat(length) + "1"))).isZero();
    }
}
