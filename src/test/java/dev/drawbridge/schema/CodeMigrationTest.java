package dev.drawbridge.schema;

import static dev.drawbridge.schema.Edit.remove;
import static dev.drawbridge.schema.Edit.set;
import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.string;
import static dev.drawbridge.schema.Version.codeVersion;
import static dev.drawbridge.schema.Version.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A version whose step is code")
class CodeMigrationTest {
    private static final Subtype CARD = Subtype.shape("card")
            .props(field("title", string()), field("size", string()))
            .migrations(
                    version(1, "AddTitle", set("title", "none"), remove("title")),
                    codeVersion(2, "Measure"),
                    version(3, "Size", set("size", "large"), remove("size")));

    private final List<String> asked = new ArrayList<>();

    private StoreSchema schema(CodeMigrator migrator) {
        return TldrawSchema.builder().subtype(CARD).codeMigrator(migrator).build();
    }

    /** Says of each record how long its title is. */
    private List<JsonObject> measure(Migration.InCode migration, List<JsonObject> records) {
        asked.add(migration.sequence() + " to " + migration.version() + ": " + records.size());
        return records.stream()
                .map(record -> record.with(
                        "props",
                        ((JsonObject) Objects.requireNonNull(record.get("props")))
                                .with("measured", JsonString.of("yes"))))
                .toList();
    }

    private static SerializedSchema from(int version) {
        JsonObject json = TldrawSchema.create().serialize().json();
        JsonObject sequences = (JsonObject) Objects.requireNonNull(json.get("sequences"));
        return new SerializedSchema(
                json.with("sequences", sequences.with("com.tldraw.shape.card", JsonNumber.of(version))));
    }

    private static JsonObject shape(String id, String type, String title) {
        return JsonObject.builder()
                .put("id", id)
                .put("typeName", "shape")
                .put("type", type)
                .put("props", JsonObject.builder().put("title", title).build())
                .build();
    }

    private static Map<String, PackedRecord> cards(int number, String title) {
        Map<String, PackedRecord> store = new LinkedHashMap<>();
        for (int i = 0; i < number; i++) {
            store.put("shape:" + i, PackedRecord.of(shape("shape:" + i, "card", title)));
        }
        store.put("shape:other", PackedRecord.of(shape("shape:other", "other", "")));
        return store;
    }

    @Test
    @DisplayName("is run by the migrator on the records of its type, between the steps before and after it")
    void inItsPlace() throws MigrationException {
        MigratedStore migrated = schema(this::measure).migrateStore(cards(2, "a"), from(1));
        assertThat(asked).containsExactly("com.tldraw.shape.card to 2: 2");
        assertThat(migrated.put().keySet()).containsExactly("shape:0", "shape:1");
        assertThat(Objects.requireNonNull(migrated.put().get("shape:1"))
                        .unpack()
                        .get("props"))
                .hasToString("{\"title\":\"a\",\"measured\":\"yes\",\"size\":\"large\"}");
    }

    @Test
    @DisplayName("is run in batches of so many records, and of so many bytes")
    void batches() throws MigrationException {
        schema(this::measure).migrateStore(cards(1_001, "a"), from(1));
        schema(this::measure).migrateStore(cards(3, "x".repeat(600_000)), from(1));
        assertThat(asked)
                .containsExactly(
                        "com.tldraw.shape.card to 2: 500",
                        "com.tldraw.shape.card to 2: 500",
                        "com.tldraw.shape.card to 2: 1",
                        "com.tldraw.shape.card to 2: 2",
                        "com.tldraw.shape.card to 2: 1");
    }

    @Test
    @DisplayName("needs nobody who runs it in a store that has no such record, or has it behind it")
    void notNeeded() throws MigrationException {
        StoreSchema schema = schema(CodeMigrator.NONE);
        assertThat(schema.migrateStore(cards(0, ""), from(1)).put()).isEmpty();
        assertThat(schema.migrateStore(cards(1, ""), from(2)).put()).hasSize(1);
    }

    @Test
    @DisplayName("leaves a store as it was when nobody can run it, or when something else comes back")
    void failing() {
        assertFails(CodeMigrator.NONE, "drawbridge.schema.migrator.url");
        assertFails((migration, records) -> List.of(), "1 records were given to its code, and 0 came back");
        assertFails(
                (migration, records) -> List.of(shape("shape:else", "card", "")),
                "the id of \"shape:0\" came back as \"shape:else\"");
        assertFails(
                (migration, records) -> List.of(records.getFirst().without("typeName")), "the typeName of \"shape:0\"");
    }

    private void assertFails(CodeMigrator migrator, String why) {
        Map<String, PackedRecord> store = cards(1, "a");
        Map<String, PackedRecord> before = new LinkedHashMap<>(store);
        assertThatThrownBy(() -> schema(migrator).migrateStore(store, from(1)))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("com.tldraw.shape.card/2 (Measure)")
                .hasMessageContaining(why);
        assertThat(store).isEqualTo(before);
    }

    @Test
    @DisplayName("shuts out clients from before it, for it is never run for a message; those from after it are served")
    void clients() {
        StoreSchema schema = schema(this::measure);
        assertThat(schema.compatibilityWith(from(1)))
                .isInstanceOfSatisfying(ClientCompatibility.ClientTooOld.class, refused -> assertThat(refused.why())
                        .contains("com.tldraw.shape.card/2 (Measure)"));
        assertThat(schema.compatibilityWith(from(2))).isInstanceOf(ClientCompatibility.Compatible.class);
        assertThat(asked).isEmpty();
    }
}
