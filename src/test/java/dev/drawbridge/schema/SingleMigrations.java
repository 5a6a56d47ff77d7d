package dev.drawbridge.schema;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Runs vectors that consist of one migration on one record. */
final class SingleMigrations {

    /** How a migration is run on a record. */
    @FunctionalInterface
    interface Run {
        JsonObject apply(Migration.OnRecord migration, JsonObject record, Random random) throws MigrationException;
    }

    private final StoreSchema schema = TldrawSchema.create();
    private final Random random = new Random(3);

    void check(VectorFile file, Run run) {
        List<JsonObject> vectors = new ArrayList<>();
        for (Map.Entry<String, JsonValue> migration :
                VectorFile.object(file.content(), "migrations").entries()) {
            for (JsonValue vector : ((JsonArray) migration.getValue()).items()) {
                vectors.add(((JsonObject) vector)
                        .toBuilder().put("migration", migration.getKey()).build());
            }
        }
        file.check(vectors, vector -> disagreement(vector, run));
    }

    private @Nullable String disagreement(JsonObject vector, Run run) throws JsonException {
        Migration.OnRecord migration = migration(VectorFile.text(vector, "migration"));
        JsonObject input = VectorFile.object(vector, "input");
        boolean applies = VectorFile.isTrue(vector, "applies");
        if (migration.filter().test(input) != applies) {
            return "the filter says " + !applies;
        }
        try {
            JsonObject output = run.apply(migration, input, random);
            return vector.has("throws") ? "did not fail" : ExpectedJson.disagreement(vector, output);
        } catch (MigrationException e) {
            return vector.has("throws") || vector.has("nativeThrows") ? null : e.getMessage();
        }
    }

    private Migration.OnRecord migration(String id) {
        return schema.migrations().stream()
                .filter(migration -> migration.id().equals(id))
                .map(Migration.OnRecord.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
