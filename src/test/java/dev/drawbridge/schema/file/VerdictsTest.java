package dev.drawbridge.schema.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.MigrationException;
import dev.drawbridge.schema.MigrationPath;
import dev.drawbridge.schema.SerializedSchema;
import dev.drawbridge.schema.StoreSchema;
import dev.drawbridge.schema.ValidationException;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What the real packages say of generated records of eight schemas that are code, compared with what is said here by the
 * descriptions of them. The lines were printed by {@code node test/verdicts.mjs --seed 1} in {@code src/schema-cli};
 * {@code -Dverdicts=<file>} takes others.
 */
@DisplayName("A schema that was described from its code")
class VerdictsTest {
    private static final Path EXPECTED = Path.of("src", "schema-cli", "test", "expected");
    private static final Path LINES =
            Path.of(System.getProperty("verdicts", "src/test/resources/types/verdicts.jsonl"));

    private final Map<String, StoreSchema> schemas = new HashMap<>();

    private StoreSchema schema(String name) {
        return schemas.computeIfAbsent(name, each -> {
            try {
                byte[] file = Files.readAllBytes(EXPECTED.resolve(each + ".json"));
                return SchemaFiles.build(TldrawSchema.builder(), List.of(SchemaFile.parse(each + ".json", file)));
            } catch (IOException | SchemaFileException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static JsonObject json(String line) {
        try {
            return (JsonObject) Json.parse(line);
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @DisplayName("says of each record what its code says, and migrates it to the same, up and down")
    void agrees() throws IOException {
        List<String> differences = new ArrayList<>();
        int[] compared = new int[1];
        try (Stream<String> lines = Files.lines(LINES)) {
            lines.map(VerdictsTest::json).filter(line -> !line.has("opaque")).forEach(line -> {
                compared[0]++;
                String difference = difference(line);
                if (difference != null) {
                    differences.add(difference + "\n  " + line);
                }
            });
        }
        assertThat(differences).isEmpty();
        assertThat(compared[0]).isGreaterThan(500);
    }

    private @Nullable String difference(JsonObject line) {
        StoreSchema schema = schema(Objects.requireNonNull(line.string("schema")));
        JsonObject record = (JsonObject) Objects.requireNonNull(line.get("record"));
        boolean isGood = "ok".equals(line.string("verdict"));
        JsonValue migrated = line.get("migrated");
        JsonObject ours;
        try {
            ours = line.has("direction") ? migrated(schema, line, record) : record;
            if (!"down".equals(line.string("direction"))) {
                schema.validate(null, ours);
            }
        } catch (MigrationException | ValidationException e) {
            return isGood ? "refused here: " + e.getMessage() : null;
        }
        if (!isGood) {
            return "taken here, as " + ours;
        }
        return migrated == null || ours.equals(migrated) ? null : "migrated here to " + ours;
    }

    private static JsonObject migrated(StoreSchema schema, JsonObject line, JsonObject record)
            throws MigrationException {
        MigrationPath path = schema.pathFrom(
                SerializedSchema.read(Objects.requireNonNull(line.get("from"))).orElseThrow());
        if ("up".equals(line.string("direction"))) {
            if (path.blockingUp().isPresent()) {
                throw new MigrationException("it takes the whole store");
            }
            return path.up(record);
        }
        if (path.blockingDown().isPresent()) {
            throw new MigrationException("there is no way down");
        }
        return path.down(record);
    }
}
