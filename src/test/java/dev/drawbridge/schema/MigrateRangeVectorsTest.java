package dev.drawbridge.schema;

import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The vectors for migrations between versions")
class MigrateRangeVectorsTest {
    private final StoreSchema schema = TldrawSchema.create();

    static Stream<VectorFile> files() {
        return VectorFile.in("migrate-range");
    }

    @ParameterizedTest
    @MethodSource("files")
    @DisplayName(
            "a record is migrated between another schema and ours as by the packages, or refused for the same reason")
    void migrate(VectorFile file) {
        file.check(file.cases(), vector -> {
            JsonObject persisted = vector.has("persistedSchema")
                    ? VectorFile.object(vector, "persistedSchema")
                    : VectorFile.object(file.content(), "serializedSchema");
            return disagreement(vector, new SerializedSchema(persisted));
        });
    }

    private @Nullable String disagreement(JsonObject vector, SerializedSchema persisted) throws JsonException {
        boolean up = VectorFile.text(vector, "direction").equals("up");
        JsonObject input = VectorFile.object(vector, "input");
        String expected = vector.has("reason") ? VectorFile.text(vector, "reason") : "success";
        String reason = "success";
        JsonObject output = input;
        switch (schema.migrationsSince(persisted)) {
            case MigrationsSince.Incompatible ignored -> reason = "migration-error";
            case MigrationsSince.Known(MigrationPath path) -> {
                Optional<Migration> blocking = up ? path.blockingUp() : path.blockingDown();
                if (blocking.isPresent()) {
                    reason = up ? "target-version-too-new" : "target-version-too-old";
                } else {
                    try {
                        output = up ? path.up(input) : path.down(input);
                    } catch (MigrationException e) {
                        reason = "migration-error";
                    }
                }
            }
        }
        if (!reason.equals(expected)) {
            return "expected " + expected + ", got " + reason;
        }
        if (!reason.equals("success")) {
            return null;
        }
        if (vector.has("outputValid") && isValid(output) != VectorFile.isTrue(vector, "outputValid")) {
            return "the validity of the output is expected to be " + vector.get("outputValid") + ": " + output;
        }
        return ExpectedJson.disagreement(vector, output);
    }

    private boolean isValid(JsonObject record) {
        try {
            schema.validate(null, record);
            return true;
        } catch (ValidationException e) {
            return false;
        }
    }
}
