package dev.drawbridge.schema;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The vectors for the migrations since a schema")
class MigrationsSinceVectorsTest {
    private final StoreSchema schema = TldrawSchema.create();

    static Stream<VectorFile> files() {
        return VectorFile.in("migrations-since");
    }

    @ParameterizedTest
    @MethodSource("files")
    @DisplayName("the same migrations separate a schema from ours as with the packages")
    void migrationsSince(VectorFile file) {
        file.check(file.cases(), this::disagreement);
    }

    private @Nullable String disagreement(JsonObject vector) {
        boolean ok = VectorFile.isTrue(vector, "ok");
        SerializedSchema persisted = new SerializedSchema(VectorFile.object(vector, "persistedSchema"));
        return switch (schema.migrationsSince(persisted)) {
            case MigrationsSince.Incompatible(String why) -> ok ? why : null;
            case MigrationsSince.Known(MigrationPath path) -> {
                List<String> ids = path.migrations().stream().map(Migration::id).toList();
                if (!ok) {
                    yield "expected " + vector.get("error") + ", got " + ids;
                }
                List<String> expected = ((JsonArray) VectorFile.member(vector, "migrations"))
                        .items().stream().map(Js::string).toList();
                yield ids.equals(expected) ? null : "expected " + expected + ", got " + ids;
            }
        };
    }
}
