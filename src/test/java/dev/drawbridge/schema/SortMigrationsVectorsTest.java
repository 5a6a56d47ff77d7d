package dev.drawbridge.schema;

import static dev.drawbridge.schema.Edit.nothing;
import static dev.drawbridge.schema.Version.version;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The vectors for the order of migrations")
class SortMigrationsVectorsTest {

    static Stream<VectorFile> files() {
        return VectorFile.in("sort-migrations");
    }

    @ParameterizedTest
    @MethodSource("files")
    @DisplayName("migrations run in the same order as with the packages")
    void sort(VectorFile file) {
        file.check(file.cases(), SortMigrationsVectorsTest::disagreement);
    }

    private static @Nullable String disagreement(JsonObject vector) {
        boolean ok = VectorFile.isTrue(vector, "ok");
        StoreSchema schema;
        try {
            schema = vector.has("custom") ? withCustomShapes(vector) : ofSequences(vector);
        } catch (IllegalArgumentException e) {
            return ok ? e.getMessage() : null;
        }
        if (!ok) {
            return "expected " + vector.get("error");
        }
        if (vector.has("serialized") && !schema.serialize().json().equals(VectorFile.object(vector, "serialized"))) {
            return "serialized as " + schema.serialize();
        }
        List<String> expected = texts(VectorFile.member(vector, "sorted"));
        List<String> sorted = schema.migrations().stream().map(Migration::id).toList();
        return sorted.equals(expected) ? null : "expected " + expected + ", got " + sorted;
    }

    private static StoreSchema ofSequences(JsonObject vector) {
        StoreSchema.Builder builder = StoreSchema.builder();
        for (Map.Entry<String, JsonValue> sequence :
                VectorFile.object(vector, "sequences").entries()) {
            builder.migrations(MigrationSequence.of(
                    sequence.getKey(),
                    versions(sequence.getKey(), sequence.getValue(), VectorFile.object(vector, "dependsOn"))));
        }
        return builder.build();
    }

    private static StoreSchema withCustomShapes(JsonObject vector) {
        TldrawSchema.Builder builder = TldrawSchema.builder();
        for (Map.Entry<String, JsonValue> shape :
                VectorFile.object(vector, "custom").entries()) {
            Version[] versions = versions("com.tldraw.shape." + shape.getKey(), shape.getValue(), JsonObject.EMPTY);
            builder.subtype(Subtype.shape(shape.getKey()).migrations(versions));
        }
        return builder.build();
    }

    private static Version[] versions(String sequenceId, JsonValue count, JsonObject dependsOn) {
        return IntStream.rangeClosed(1, (int) ((JsonNumber) count).value())
                .mapToObj(number -> {
                    JsonValue dependencies = dependsOn.get(sequenceId + '/' + number);
                    List<String> ids = dependencies == null ? List.of() : texts(dependencies);
                    return version(number, "", nothing()).after(ids.toArray(String[]::new));
                })
                .toArray(Version[]::new);
    }

    private static List<String> texts(JsonValue array) {
        return ((JsonArray) array).items().stream().map(Js::string).toList();
    }
}
