package dev.drawbridge.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.file.SchemaFile;
import dev.drawbridge.schema.file.SchemaFileException;
import dev.drawbridge.schema.file.SchemaFiles;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The vectors for validation")
class ValidateVectorsTest {
    private final StoreSchema ours = TldrawSchema.create();

    static Stream<VectorFile> files() {
        return VectorFile.in("validate");
    }

    @ParameterizedTest
    @MethodSource("files")
    @DisplayName("a record is accepted or refused, and at the same place, as by the packages")
    void validate(VectorFile file) {
        check(file, ours);
    }

    @ParameterizedTest
    @MethodSource("files")
    @DisplayName("and so it is by the description that drawbridge-schema makes of the packages' own schema")
    void described(VectorFile file) throws IOException, SchemaFileException {
        try (InputStream description = Objects.requireNonNull(getClass().getResourceAsStream("/types/tldraw.json"))) {
            StoreSchema described = SchemaFiles.build(
                    TldrawSchema.builder(), List.of(SchemaFile.parse("tldraw.json", description.readAllBytes())));
            assertThat(described.serialize()).isEqualTo(ours.serialize());
            check(file, described);
        }
    }

    private static void check(VectorFile file, StoreSchema schema) {
        file.check(file.cases(), vector -> {
            String typeName = vector.has("recordType")
                    ? VectorFile.text(vector, "recordType")
                    : VectorFile.text(file.content(), "recordType");
            return disagreement(vector, schema.recordType(typeName).orElseThrow());
        });
    }

    private static @Nullable String disagreement(JsonObject vector, RecordType type) throws JsonException {
        JsonValue text = vector.get("text");
        JsonValue record = text == null ? VectorFile.member(vector, "record") : Json.parse(Js.string(text));
        boolean accepted = VectorFile.text(vector, "verdict").equals("accept");
        try {
            type.validate(null, record);
            return accepted ? null : "accepted " + record + ", expected " + vector.get("message");
        } catch (ValidationException e) {
            if (accepted) {
                return e.getMessage() + " in " + record;
            }
            List<String> path = ((JsonArray) VectorFile.member(vector, "path"))
                    .items().stream().map(Js::toText).toList();
            return path.equals(e.path()) ? null : "expected " + vector.get("message") + ", got " + e.getMessage();
        }
    }
}
