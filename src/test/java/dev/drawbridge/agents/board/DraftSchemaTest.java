package dev.drawbridge.agents.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.tldraw.Styles;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The JSON Schema of drafts")
class DraftSchemaTest {
    private final ShapeKinds kinds = ShapeKinds.of(TldrawSchema.create());

    private static JsonObject property(JsonObject schema, String name) {
        return Props.object(Props.object(schema, "properties"), name);
    }

    @Test
    @DisplayName("allows exactly the types and styles of the server's own schema")
    void choices() {
        JsonObject schema = kinds.draftSchema();
        assertThat(property(schema, "color").get("enum")).isEqualTo(new JsonArray(Styles.COLOR.choices()));
        assertThat(property(schema, "geo").get("enum")).isEqualTo(new JsonArray(Styles.GEO.choices()));
        assertThat(property(schema, "type").get("enum"))
                .isEqualTo(new JsonArray(
                        kinds.types().stream().<JsonValue>map(JsonString::of).toList()));
        assertThat(schema.get("required")).isEqualTo(JsonArray.of(JsonString.of("type")));
        assertThat(schema.get("additionalProperties")).isEqualTo(JsonBoolean.FALSE);
    }

    @Test
    @DisplayName("has every field of every kind, each with what it means, and is small enough for a tool")
    void fields() {
        for (String type : kinds.types()) {
            ShapeKind kind = kinds.kind(type).orElseThrow();
            assertThat(Props.object(kinds.draftSchema(), "properties").keys())
                    .containsAll(kind.drafts().keySet());
            assertThat(Props.object(kinds.changeSchema(), "properties").keys())
                    .containsAll(kind.changes().keySet());
        }
        assertThat(Props.object(kinds.connectionSchema(), "properties").keys())
                .contains("from", "to", "id", "text", "arrowheadEnd")
                .doesNotContain("type", "x", "geo");
        assertThat(kinds.draftSchema().toString()).hasSizeLessThan(10_000);
        assertThat(property(kinds.changeSchema(), "w").toString())
                .contains("geo")
                .contains("\"minimum\":1");
    }
}
