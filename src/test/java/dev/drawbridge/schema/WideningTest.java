package dev.drawbridge.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonText;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("[§21.22] A value that older releases do not know")
class WideningTest {
    private final StoreSchema schema = TldrawSchema.create();

    static Stream<JsonObject> refused() throws Exception {
        return VectorFile.objects(VectorFile.member(resource("widened"), "cases")).stream();
    }

    private static JsonObject resource(String name) throws Exception {
        try (InputStream file =
                Objects.requireNonNull(WideningTest.class.getResourceAsStream("/schema/" + name + ".json"), name)) {
            return (JsonObject) Json.parse(file.readAllBytes());
        }
    }

    private RecordMigrations of(String release) throws Exception {
        SerializedSchema theirs =
                SerializedSchema.read(resource("serialized/" + release)).orElseThrow();
        return ((ClientCompatibility.Compatible) schema.compatibilityWith(theirs)).migrations();
    }

    @ParameterizedTest
    @MethodSource("refused")
    @DisplayName(
            "is shown as one that the real package of that release allows, and is back when it has not been changed")
    void narrowed(JsonObject vector) throws Exception {
        JsonObject record = VectorFile.object(vector, "record");
        List<JsonValue> path = ((JsonArray) VectorFile.member(vector, "path")).items();
        List<JsonValue> allowed = ((JsonArray) VectorFile.member(vector, "allowed")).items();
        RecordMigrations migrations = of(VectorFile.text(vector, "release"));

        JsonObject shown = migrations.down(record);

        assertThat(allowed).contains(at(path, shown)).doesNotContain(at(path, record));
        assertThat(at(path, migrations.kept(record, migrations.up(shown)))).isEqualTo(at(path, record));
    }

    private static JsonValue at(List<JsonValue> path, JsonValue record) {
        JsonValue value = record;
        for (JsonValue name : path) {
            value = Objects.requireNonNull(Js.own(value, ((JsonString) name).value()));
        }
        return value;
    }

    @Test
    @DisplayName("is what all others of the same record have changed beside")
    void others() throws Exception {
        RecordMigrations migrations = of("4.2.3");
        JsonObject before = presence("'comment'", "{'state':'complete','size':1},{'state':'active','size':1}");
        JsonObject changed =
                presence("'default'", "{'state':'stopping','size':2},{'state':'paused','size':1},{'state':'stopping'}");

        assertThat(migrations.kept(before, changed))
                .isEqualTo(presence(
                        "'comment'", "{'state':'complete','size':2},{'state':'paused','size':1},{'state':'stopping'}"));
    }

    private static JsonObject presence(String cursor, String scribbles) {
        return JsonText.object(
                "{'typeName':'instance_presence','cursor':{'type':" + cursor + "},'scribbles':[" + scribbles + "]}");
    }

    @Test
    @DisplayName("is left alone in a shape that only calls a property the same")
    void otherProperty() throws Exception {
        JsonObject card = JsonText.object("{'typeName':'shape','type':'card','props':{'dash':'none'}}");

        assertThat(of("4.5.12").down(card)).isSameAs(card);
    }
}
