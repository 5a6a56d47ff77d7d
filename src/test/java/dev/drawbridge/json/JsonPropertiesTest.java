package dev.drawbridge.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("[§19] JSON values, whatever they are")
class JsonPropertiesTest {
    private static final Pattern JSON_NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

    @Test
    @DisplayName("[§19] parse(write(v)) = v")
    void roundTrip() {
        Seeds.check(5_000, random -> {
            JsonValue value = new RandomJson(random).value(5);

            assertThat(Json.parse(Json.write(value))).isEqualTo(value);
            assertThat(Json.parse(Json.encode(value))).isEqualTo(value);
        });
    }

    @Test
    @DisplayName("[§19] any string of UTF-16 units survives, as a value and as a key")
    void strings() {
        Seeds.check(5_000, random -> {
            String units = new RandomJson(random).units(random.nextInt(200));
            JsonObject object = JsonObject.of(units, JsonString.of(units));

            assertThat(Json.parse(Json.encode(object))).isEqualTo(object);
        });
    }

    @Test
    @DisplayName("[§19] a number is written so that every correct reader gets the same double")
    void numbers() {
        Seeds.check(20_000, random -> {
            double number = new RandomJson(random).anyDouble();

            String literal = Json.write(JsonNumber.of(number));

            assertThat(literal).matches(JSON_NUMBER);
            assertThat(Double.parseDouble(literal)).isEqualTo(number + 0.0);
            assertThat(Json.parse(literal)).isEqualTo(JsonNumber.of(number));
        });
    }

    @Test
    @DisplayName("[§19] a number at the edge of 64 bits is written like any other")
    void largeIntegers() {
        Seeds.check(5_000, random -> {
            double number = (double) random.nextLong() * (random.nextBoolean() ? 1 : 1 << random.nextInt(12));

            assertThat(Double.parseDouble(Json.write(JsonNumber.of(number)))).isEqualTo(number);
        });
    }

    @Test
    @DisplayName("equal values have equal hashes, in whatever order their keys stand")
    void hashes() {
        Seeds.check(2_000, random -> {
            JsonObject object = new RandomJson(random).object(3);
            JsonObject.Builder reversed = JsonObject.builder();
            object.keys().stream().toList().reversed().forEach(key -> {
                JsonValue value = object.get(key);
                assertThat(value).isNotNull();
                reversed.put(key, value);
            });
            JsonObject other = reversed.build();

            assertThat(other).isEqualTo(object).hasSameHashCodeAs(object);
        });
    }

    @Test
    @DisplayName("any text is either read or refused as it should be")
    void garbage() {
        Seeds.check(5_000, random -> {
            String text = Json.write(new RandomJson(random).value(3));
            int at = random.nextInt(text.length() + 1);
            String broken = text.substring(0, at) + new RandomJson(random).text() + text.substring(at);
            try {
                Json.parse(broken);
            } catch (JsonException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        });
    }
}
