package dev.drawbridge.schema;

import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.anything;
import static dev.drawbridge.schema.Validators.arrayOf;
import static dev.drawbridge.schema.Validators.dict;
import static dev.drawbridge.schema.Validators.number;
import static dev.drawbridge.schema.Validators.numberUnion;
import static dev.drawbridge.schema.Validators.object;
import static dev.drawbridge.schema.Validators.oneOf;
import static dev.drawbridge.schema.Validators.string;
import static dev.drawbridge.schema.Validators.union;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What @tldraw/validate 5.4.2 said to each of the same values (under Node 20, NODE_ENV=test). */
@DisplayName("The validators that the default schema does not use")
class ValidatorsTest {
    private static final Validator ANY_V = object(field("v", anything()));

    private static final String OF_ARRAYS = "[] [1] [1,2] [null]";
    private static final String OF_OBJECTS = "{} {'a':1} {'0':1} {'v':1} {'v':'1'} {'v':'a'} {'v':null} {'v':true}"
            + " {'v':''} {'v':'_1_'} {'v':'0x1'} {'v':[1]} {'v':[]} {'v':'1.0'} {'v':2} {'v':'2'} {'v':-1}"
            + " {'v':'x'} {'v':{'a':1}} {'v':'length'} {'v':'__proto__'} {'v':false}";

    /** All values, divided by blanks; an underscore stands for a blank in one. */
    private static final String ALL =
            "0 -0 1 -1 1.5 1e300 1e400 '' '1' 'a' null true false " + OF_ARRAYS + " " + OF_OBJECTS;

    static Stream<Arguments> accepted() {
        return Stream.of(
                Arguments.of("integer", Validators.integer(), "0 -0 1 -1 1e300"),
                Arguments.of("positiveInteger", Validators.positiveInteger(), "0 -0 1 1e300"),
                Arguments.of("nonZeroInteger", Validators.nonZeroInteger(), "1 1e300"),
                Arguments.of("jsonDict", Validators.jsonDict(), OF_ARRAYS + " " + OF_OBJECTS),
                Arguments.of("array", Validators.array(), OF_ARRAYS),
                Arguments.of("unknownObject", Validators.anyObject(), OF_ARRAYS + " " + OF_OBJECTS),
                Arguments.of("nonEmpty", arrayOf(number(), 1), "[1] [1,2]"),
                Arguments.of("lengthGreaterThan1", arrayOf(number(), 2), "[1,2]"),
                Arguments.of("or", Validators.or(number(), string()), "0 -0 1 -1 1.5 1e300 '' '1' 'a'"),
                Arguments.of(
                        "numberUnion",
                        numberUnion("v", Map.of("1", ANY_V, "-1", ANY_V, "0", ANY_V)),
                        "{'v':1} {'v':'1'} {'v':[1]} {'v':-1}"),
                Arguments.of(
                        "numberUnion with unknown variants",
                        numberUnion("v", Map.of("1", ANY_V)).otherwise(Validators.anyObject()),
                        "{'v':1} {'v':'1'} {'v':null} {'v':true} {'v':''} {'v':'_1_'} {'v':'0x1'} {'v':[1]} {'v':[]}"
                                + " {'v':'1.0'} {'v':2} {'v':'2'} {'v':-1} {'v':false}"),
                Arguments.of("union", union("v", Map.of("a", object(field("v", string())))), "{'v':'a'}"),
                Arguments.of(
                        "union with unknown variants",
                        union("v", Map.of("a", object(field("v", string())))).otherwise(Validators.anyObject()),
                        "{'v':'1'} {'v':'a'} {'v':''} {'v':'_1_'} {'v':'0x1'} {'v':'1.0'} {'v':'2'} {'v':'x'}"
                                + " {'v':'length'} {'v':'__proto__'}"),
                Arguments.of("literal null", Validators.literal(JsonNull.NULL), "null"),
                Arguments.of("literal 1", Validators.literal(JsonNumber.of(1)), "1"),
                Arguments.of("literal 0", Validators.literal(JsonNumber.of(0)), "0 -0"),
                Arguments.of("literal true", Validators.literal(JsonBoolean.TRUE), "true"),
                Arguments.of(
                        "enum of texts and numbers",
                        oneOf(List.of(JsonString.of("a"), JsonNumber.of(1), JsonNumber.of(0))),
                        "0 -0 1 'a'"),
                Arguments.of(
                        "an object that allows unknown properties",
                        object(field("a", number().optional())).andMore(),
                        OF_ARRAYS + " " + OF_OBJECTS),
                Arguments.of(
                        "dict with its keys",
                        dict(oneOf("a", "v"), number()),
                        "[] {} {'a':1} {'v':1} {'v':2} {'v':-1}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    @DisplayName("accept what the package accepts, and nothing else")
    void accept(String name, Validator validator, String accepted) {
        assertThat(values(ALL).stream().filter(value -> validator.check(null, value) == null))
                .containsExactlyElementsOf(values(accepted));
        assertThat(validator.check(null, null)).isNotNull();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    @DisplayName("come to the same whatever they have accepted before")
    void acceptAfterAnother(String name, Validator validator, String accepted) {
        for (JsonValue previous : values(accepted)) {
            for (JsonValue value : values(ALL)) {
                assertThat(validator.check(previous, value) == null)
                        .as("%s after %s", value, previous)
                        .isEqualTo(validator.check(null, value) == null);
            }
        }
    }

    @Test
    @DisplayName("httpUrl is nothing, an http or https URL, or a path")
    void httpUrl() {
        Validator httpUrl = Validators.httpUrl();
        for (String url : List.of("", "http://a", "HTTPS://a", "/x", "./x", "//x", "https:x", " http://a")) {
            assertThat(httpUrl.check(null, JsonString.of(url))).as(url).isNull();
        }
        for (String url : List.of("mailto:a@b", "x", "javascript:1", "ftp://a", "data:,x", "http:", "asset:x")) {
            assertThat(httpUrl.check(null, JsonString.of(url))).as(url).isNotNull();
        }
    }

    @Test
    @DisplayName("read no part again that is identical to an accepted one")
    void previous() {
        AtomicInteger reads = new AtomicInteger();
        Validator counting = (previous, value) -> {
            reads.incrementAndGet();
            return null;
        };
        JsonObject part = JsonObject.of("v", JsonNumber.of(1));
        for (Validator validator : List.of(
                numberUnion("v", Map.of("1", counting)),
                union("v", Map.of()).otherwise(counting),
                Validators.or(counting, counting),
                dict(counting, counting),
                arrayOf(counting, 1),
                object(field("v", counting)).andMore())) {
            for (JsonValue value : List.of(part, JsonArray.of(part))) {
                reads.set(0);
                validator.check(value, value);
                assertThat(reads).hasValue(0);
            }
        }
    }

    @Test
    @DisplayName("say what they expect")
    void messages() {
        assertThat(message(arrayOf(number(), 2), "[1]")).isEqualTo("expected an array of 2 or more, got one of 1");
        assertThat(message(oneOf(List.of(JsonString.of("a"), JsonNumber.of(1))), "true"))
                .isEqualTo("expected one of \"a\", 1, got true");
        assertThat(message(numberUnion("v", Map.of("1", ANY_V)), "{'v':2}")).isEqualTo("expected one of \"1\", got 2");
        assertThat(message(numberUnion("v", Map.of("1", ANY_V)), "{}"))
                .isEqualTo("expected an object with a number in \"v\", got an object");
    }

    private static @Nullable String message(Validator validator, String value) {
        Violation violation = validator.check(null, values(value).getFirst());
        return violation == null ? null : violation.message();
    }

    private static List<JsonValue> values(String texts) {
        List<JsonValue> values = new ArrayList<>();
        for (String text : texts.split(" ", -1)) {
            try {
                values.add(Json.parse(text.replace('\'', '"').replace('_', ' ').replace("  proto  ", "__proto__")));
            } catch (JsonException e) {
                throw new AssertionError(text, e);
            }
        }
        return values;
    }
}
