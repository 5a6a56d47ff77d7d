package dev.drawbridge.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

@DisplayName("The default schema, with records by chance")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SchemaPropertyTest {
    private static final int RECORDS = 4_000;

    /** Clients of these versions are served: geo without flips, paths without dim, notes with their first editor. */
    private static final Map<String, Integer> OLDER = Map.of(
            "com.tldraw.shape.geo",
            11,
            "com.tldraw.shape.draw",
            4,
            "com.tldraw.shape.highlight",
            3,
            "com.tldraw.shape.note",
            12);

    private final long seed = Long.getLong("schema.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final StoreSchema schema = TldrawSchema.builder().random(random).build();
    private final RandomRecords records = new RandomRecords(random);
    private final RecordMutations mutations = new RecordMutations(random);

    @BeforeEach
    void printSeed(TestInfo test) {
        System.out.printf("%s: -Dschema.seed=%d%n", test.getDisplayName(), seed);
    }

    @Test
    @DisplayName("accepts records that are valid by construction")
    void acceptsValidRecords() {
        for (int i = 0; i < RECORDS; i++) {
            JsonObject record = records.next();
            assertThatCode(() -> schema.validate(null, record)).as("%s", record).doesNotThrowAnyException();
        }
    }

    @Test
    @DisplayName("says the same of a damaged record, whether or not it knows the record before")
    void previousChangesNoVerdict() {
        int refused = 0;
        for (int i = 0; i < RECORDS; i++) {
            JsonObject record = records.next();
            JsonObject damaged = mutations.mutate(record);
            Optional<String> verdict = verdict(null, damaged);
            assertThat(verdict(record, damaged)).as("%s", damaged).isEqualTo(verdict);
            refused += verdict.isPresent() ? 1 : 0;
        }
        assertThat(refused).isBetween(RECORDS / 10, RECORDS);
    }

    @Test
    @DisplayName("a record that has been down and up again is the same where the client's form can hold it all")
    void downAndUpAgain() throws MigrationException {
        RecordMigrations migrations = migrationsTo(OLDER);
        int unchanged = 0;
        for (int i = 0; i < RECORDS; i++) {
            JsonObject record = withoutWhatOlderClientsLose(records.next());
            JsonObject there = migrations.down(record);
            assertThat(migrations.up(there)).as("%s", there).isEqualTo(record);
            unchanged += there.equals(record) ? 1 : 0;
        }
        assertThat(unchanged).isLessThan(RECORDS);
    }

    @Test
    @DisplayName("what a record loses on its way down it loses once: down, up and down is down")
    void nothingIsLostTwice() throws MigrationException {
        for (int i = 0; i < RECORDS; i++) {
            JsonObject record = records.next();
            for (Migration migration : schema.migrations().reversed()) {
                if (migration instanceof Migration.OnRecord onRecord && onRecord.down() != null) {
                    JsonObject down = onRecord.migrateDown(record, random);
                    JsonObject up = onRecord.migrateUp(down, random);
                    assertThat(onRecord.migrateDown(up, random))
                            .as("%s of %s", migration.id(), record)
                            .isEqualTo(down);
                    record = down;
                }
            }
        }
    }

    @Test
    @DisplayName("migrations fail on damaged records with nothing but a MigrationException")
    void migrationsFailProperly() {
        int failed = 0;
        for (int i = 0; i < RECORDS; i++) {
            JsonObject damaged = mutations.mutate(records.next());
            for (Migration migration : schema.migrations()) {
                if (migration instanceof Migration.OnRecord onRecord) {
                    failed += migrates(onRecord, damaged) ? 0 : 1;
                }
            }
        }
        assertThat(failed).isPositive();
    }

    @Test
    @DisplayName("the migration of a damaged store fails with nothing but a MigrationException")
    void storeMigrationsFailProperly() {
        int failed = 0;
        for (int i = 0; i < RECORDS / 10; i++) {
            Map<String, JsonObject> store = new LinkedHashMap<>();
            for (int k = 0; k < 5; k++) {
                JsonObject record = records.next();
                store.put("key:" + k, random.nextInt(4) == 0 ? mutations.mutate(record) : record);
            }
            try {
                schema.migrateStore(
                        Stores.packed(store), random.nextBoolean() ? SerializedSchema.EARLIEST : schemaAt(OLDER));
            } catch (MigrationException e) {
                failed++;
            }
        }
        assertThat(failed).isPositive();
    }

    @Test
    @DisplayName("deep, wide and long values are read in time, and do not overflow the stack")
    void extremeValues() {
        JsonValue deep = IntStream.range(0, Json.MAX_DEPTH - 2)
                .boxed()
                .reduce(
                        (JsonValue) JsonObject.EMPTY,
                        (inner, i) -> i % 2 == 0 ? JsonArray.of(inner) : JsonObject.of("k", inner),
                        (a, b) -> b);
        JsonObject.Builder wide = JsonObject.builder();
        IntStream.range(0, 200_000).forEach(i -> wide.put(Integer.toString(i * 7), i));
        JsonObject wideObject = wide.build();
        JsonString longText = JsonString.of("a0".repeat(1_000_000));
        JsonValue longUrl = JsonString.of("https://" + "a.".repeat(500_000));
        JsonValue longList = new JsonArray(Collections.nCopies(200_000, JsonNumber.of(0)));
        for (String type : List.of("geo", "draw", "line", "image", "note", "arrow", "embed")) {
            JsonObject shape = records.shape(type);
            for (JsonValue extreme : List.of(deep, wideObject, longText, longUrl, longList)) {
                check(shape.with(longText.value(), extreme));
                for (String key : List.copyOf(shape.keys())) {
                    check(shape.with(key, extreme));
                }
                JsonObject props = (JsonObject) VectorFile.member(shape, "props");
                for (String key : List.copyOf(props.keys())) {
                    check(shape.with("props", props.with(key, extreme)));
                }
            }
        }
    }

    private void check(JsonObject record) {
        Optional<String> verdict = verdict(null, record);
        verdict.ifPresent(message -> assertThat(message.length()).isLessThan(2_000));
        for (Migration migration : schema.migrations()) {
            if (migration instanceof Migration.OnRecord onRecord) {
                migrates(onRecord, record);
            }
        }
    }

    private Optional<String> verdict(@Nullable JsonObject previous, JsonObject record) {
        try {
            schema.validate(previous, record);
            return Optional.empty();
        } catch (ValidationException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private boolean migrates(Migration.OnRecord migration, JsonObject record) {
        try {
            migration.migrateUp(record, random);
            if (migration.down() != null) {
                migration.migrateDown(record, random);
            }
            return true;
        } catch (MigrationException e) {
            assertThat(e).hasMessageStartingWith(migration.id());
            return false;
        }
    }

    private RecordMigrations migrationsTo(Map<String, Integer> versions) {
        return ((ClientCompatibility.Compatible) schema.compatibilityWith(schemaAt(versions))).migrations();
    }

    private SerializedSchema schemaAt(Map<String, Integer> versions) {
        JsonObject.Builder sequences = VectorFile.object(schema.serialize().json(), "sequences").toBuilder();
        versions.forEach(sequences::put);
        return new SerializedSchema(schema.serialize().json().with("sequences", sequences.build()));
    }

    private static JsonObject withoutWhatOlderClientsLose(JsonObject record) {
        JsonValue found = record.get("props");
        if (!(found instanceof JsonObject props)) {
            return record;
        }
        JsonObject kept = props;
        if ("geo".equals(record.string("type"))) {
            kept = Edit.set("flipX", false).and(Edit.set("flipY", false)).apply(props, new Random(0));
        }
        if (props.get("segments") instanceof JsonArray(List<JsonValue> segments)) {
            List<JsonValue> threeDimensional = segments.stream()
                    .filter(segment -> !((JsonObject) segment).has("dim"))
                    .toList();
            kept = props.with("segments", new JsonArray(threeDimensional));
        }
        return record.with("props", kept);
    }
}
