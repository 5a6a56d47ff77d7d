package dev.drawbridge.web.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What a tool takes")
class ToolInputTest {
    private static final ToolInput INPUT = ToolInput.of(
            Parameter.board(),
            Parameter.optional("text", new Kind.Text(3), "A text."),
            Parameter.optional("whole", new Kind.Whole(1, 5), "A number."),
            Parameter.optional("flag", new Kind.Flag(), "A flag."),
            Parameter.optional("area", new Kind.Area(), "An area."),
            Parameter.optional("texts", new Kind.Texts(2), "Texts."),
            Parameter.optional("objects", new Kind.Objects(JsonObject.of("type", json("\"object\"")), 2), "Objects."));

    private static JsonValue json(String text) {
        return McpClient.parsed(text);
    }

    private static JsonObject object(String json) {
        return (JsonObject) json(json);
    }

    private static boolean fits(JsonObject given) {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Json.write(INPUT.schema()), InputFormat.JSON);
        return schema.validate(Json.write(given), InputFormat.JSON).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"text\":\"abc\"",
                "\"whole\":5",
                "\"whole\":1.0",
                "\"flag\":false",
                "\"area\":{\"x\":0,\"y\":-1.5,\"w\":2,\"h\":3}",
                "\"texts\":[\"a\",\"b\"]",
                "\"objects\":[{},{\"a\":1}]",
            })
    @DisplayName("is taken when it is as the schema says")
    void taken(String member) throws Exception {
        JsonObject given = object("{\"board\":\"a\"," + member + "}");
        assertThat(fits(given)).isTrue();
        assertThat(INPUT.read(given).given()).isEqualTo(given);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"text\":\"abcd\"|text: is \"abcd\", expected a string of 1 to 3 characters",
                "\"text\":7|text: is 7, expected a string",
                "\"whole\":6|whole: is 6, expected a whole number from 1 to 5",
                "\"whole\":1.5|whole: is 1.5, expected",
                "\"whole\":\"2\"|whole: is \"2\", expected",
                "\"flag\":0|flag: is 0, expected true or false",
                "\"area\":{\"x\":0,\"y\":0,\"w\":0}|area: is an object, expected an object with the numbers x, y, w and h",
                "\"area\":{\"x\":0,\"y\":0,\"w\":0,\"h\":0,\"z\":0}|area: is an object, expected",
                "\"area\":{\"x\":0,\"y\":0,\"w\":0,\"h\":\"1\"}|area: is an object, expected",
                "\"texts\":[]|texts: is an array, expected an array of 1 to 2 strings",
                "\"texts\":[\"a\",\"b\",\"c\"]|texts: is an array, expected",
                "\"texts\":[1]|texts: is an array, expected",
                "\"objects\":[1]|objects: is an array, expected an array of 1 to 2 objects",
                "\"objects\":{}|objects: is an object, expected",
                "\"other\":1|other: is unknown, expected one of board, text, whole, flag, area, texts, objects",
            })
    @DisplayName("is refused when it is not, with its name, what it is, and what it should be")
    void refused(String member, String error) {
        JsonObject given = object("{\"board\":\"a\"," + member + "}");
        assertThat(fits(given)).isFalse();
        assertThatThrownBy(() -> INPUT.read(given))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining(error);
    }

    @Test
    @DisplayName("says of much that is wrong only the beginning, and nothing that is too long")
    void bounded() {
        StringBuilder many = new StringBuilder("{\"board\":\"" + "x".repeat(100_000) + "\"");
        for (int i = 0; i < 1_000; i++) {
            many.append(",\"").append("y".repeat(200)).append(i).append("\":1");
        }
        assertThatThrownBy(() -> INPUT.read(object(many + "}")))
                .satisfies(
                        e -> assertThat(e.getMessage()).hasSizeLessThan(5_000).contains("board: is \"xxx"));
    }

    @Test
    @DisplayName("says all at once that is missing, and takes null for nothing")
    void missing() {
        ToolInput two =
                ToolInput.of(Parameter.board(), Parameter.required("name", new Kind.Text(9), "What it is called."));
        assertThatThrownBy(() -> two.read(object("{\"board\":null}")))
                .hasMessageContaining("board: is missing")
                .hasMessageContaining("name: is missing. What it is called.");
        assertThat(two.schema().get("required")).hasToString("[\"board\",\"name\"]");
    }
}
