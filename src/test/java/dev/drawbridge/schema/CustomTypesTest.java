package dev.drawbridge.schema;

import static dev.drawbridge.schema.Edit.move;
import static dev.drawbridge.schema.Edit.remove;
import static dev.drawbridge.schema.Edit.set;
import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.bool;
import static dev.drawbridge.schema.Validators.id;
import static dev.drawbridge.schema.Validators.literal;
import static dev.drawbridge.schema.Validators.nonZeroNumber;
import static dev.drawbridge.schema.Validators.number;
import static dev.drawbridge.schema.Validators.object;
import static dev.drawbridge.schema.Validators.string;
import static dev.drawbridge.schema.Version.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.schema.tldraw.Styles;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How to teach the server shapes and records of one's own (SCHEMA.md §9). */
@DisplayName("A schema with custom types")
class CustomTypesTest {
    private static final StyleProperty MOOD = StyleProperty.of("example:mood", "calm", "loud");

    private static final Subtype CARD = Subtype.shape("card")
            .props(
                    field("title", string()),
                    field("w", nonZeroNumber()),
                    field("h", nonZeroNumber()),
                    field("color", Styles.COLOR),
                    field("mood", MOOD))
            .meta(field("pinned", bool().optional()))
            .migrations(
                    version(1, "RenameNameToTitle", move("name", "title"), move("title", "name")),
                    version(2, "AddMood", set("mood", "calm"), remove("mood")));

    private static final Subtype PIN = Subtype.binding("pin").props(field("depth", number()));

    private static final RecordType REMARK = RecordType.of(
            "remark",
            RecordScope.DOCUMENT,
            object(
                    field("typeName", literal("remark")),
                    field("id", id("remark")),
                    field("shapeId", id("shape")),
                    field("text", string())),
            version(1, "AddText", set("text", ""), remove("text")));

    private final StoreSchema schema =
            TldrawSchema.builder().subtype(CARD).subtype(PIN).recordType(REMARK).build();

    private static final JsonObject REMARK_RECORD = JsonObject.builder()
            .put("typeName", "remark")
            .put("id", "remark:1")
            .put("shapeId", "shape:1")
            .put("text", "")
            .build();

    private final JsonObject card = new RandomRecords(new Random(1))
            .shape("frame")
            .with("type", JsonString.of("card"))
            .with("meta", JsonObject.EMPTY)
            .with(
                    "props",
                    JsonObject.builder()
                            .put("title", "Plan")
                            .put("w", 100)
                            .put("h", 50)
                            .put("color", "blue")
                            .put("mood", "calm")
                            .build());

    @Test
    @DisplayName("names their sequences, those without migrations too")
    void serialize() {
        JsonObject sequences = VectorFile.object(schema.serialize().json(), "sequences");
        assertThat(sequences.get("com.tldraw.shape.card")).isEqualTo(JsonNumber.of(2));
        assertThat(sequences.get("com.tldraw.binding.pin")).isEqualTo(JsonNumber.of(0));
        assertThat(sequences.get("com.tldraw.remark")).isEqualTo(JsonNumber.of(1));
        assertThat(sequences.get("com.tldraw.shape.geo")).isEqualTo(JsonNumber.of(12));
    }

    @Test
    @DisplayName("validates their records")
    void validate() throws ValidationException {
        schema.validate(null, card);
        schema.validate(null, REMARK_RECORD);
        assertThatThrownBy(() -> schema.validate(
                        null,
                        card.with("props", VectorFile.object(card, "props").with("mood", JsonString.of("wild")))))
                .hasMessage("shape.props.mood: expected one of \"calm\", \"loud\", got \"wild\"");
        assertThatThrownBy(() -> schema.validate(null, card.with("meta", JsonObject.of("pin", JsonNumber.of(1)))))
                .hasMessage("shape.meta.pin: unknown property");
        assertThatThrownBy(() -> schema.validate(null, REMARK_RECORD.without("text")))
                .hasMessage("remark.text: expected a string, got nothing");
    }

    @Test
    @DisplayName("migrates their records for clients that are behind, and hides them from those that do not know them")
    void migrate() throws MigrationException {
        JsonObject ours = schema.serialize().json();
        JsonObject theirs = VectorFile.object(ours, "sequences")
                .with("com.tldraw.shape.card", JsonNumber.of(1))
                .without("com.tldraw.remark");
        ClientCompatibility compatibility =
                schema.compatibilityWith(new SerializedSchema(ours.with("sequences", theirs)));
        RecordMigrations migrations = ((ClientCompatibility.Compatible) compatibility).migrations();

        JsonObject older = migrations.down(card);
        assertThat(VectorFile.object(older, "props").keys()).containsExactly("title", "w", "h", "color");
        assertThat(migrations.up(older)).isEqualTo(card);
        assertThat(migrations.hides("remark", null)).isTrue();
        assertThat(migrations.hides("shape", "card")).isFalse();
    }

    @Test
    @DisplayName("migrates their records when a store is opened")
    void migrateStore() throws MigrationException {
        JsonObject props = VectorFile.object(card, "props").without("title").with("name", JsonString.of("Plan"));
        Map<String, JsonObject> store = Map.of("shape:1", card.with("props", props.without("mood")));
        MigratedStore migrated =
                schema.migrateStore(Stores.packed(store), TldrawSchema.create().serialize());
        assertThat(Stores.unpacked(migrated.records())).containsExactly(Map.entry("shape:1", card));
        assertThat(migrated.put()).containsOnlyKeys("shape:1");
    }

    @Test
    @DisplayName("lets a style of a custom shape be chosen for the next shape")
    void styles() {
        assertThat(refusedStyle(schema)).isEmpty();
        assertThat(refusedStyle(TldrawSchema.create())).contains("unknown property");
    }

    private static Optional<String> refusedStyle(StoreSchema schema) {
        ObjectValidator instance =
                (ObjectValidator) schema.recordType("instance").orElseThrow().validator();
        Validator styles = instance.fields().stream()
                .filter(field -> field.name().equals("stylesForNextShape"))
                .findFirst()
                .orElseThrow()
                .validator();
        return Optional.ofNullable(styles.check(null, JsonObject.of("example:mood", JsonString.of("loud"))))
                .map(Violation::message);
    }

    @Test
    @DisplayName("is refused when a name, a style id or a style of one shape is taken")
    void refusals() {
        assertThatThrownBy(() ->
                        TldrawSchema.builder().subtype(Subtype.shape("geo")).build())
                .hasMessage("shape \"geo\" is declared twice");
        assertThatThrownBy(() -> TldrawSchema.builder()
                        .recordType(RecordType.of("page", RecordScope.DOCUMENT, object()))
                        .build())
                .hasMessage("record type \"page\" is declared twice");
        assertThatThrownBy(() -> TldrawSchema.builder()
                        .recordType(RecordType.of("store", RecordScope.DOCUMENT, object()))
                        .build())
                .hasMessage("migration sequence com.tldraw.store is declared twice");
        assertThatThrownBy(() -> TldrawSchema.builder()
                        .subtype(Subtype.shape("card").props(field("c", StyleProperty.of("tldraw:color", "red"))))
                        .build())
                .hasMessage("two different styles have the id tldraw:color");
        assertThatThrownBy(() -> TldrawSchema.builder()
                        .subtype(Subtype.shape("card").props(field("a", MOOD), field("b", MOOD)))
                        .build())
                .hasMessage("shape \"card\" has the style example:mood twice");
    }

    @Test
    @DisplayName("of presence scope are not what sessions have: that is tldraw's")
    void presence() {
        StoreSchema schema = TldrawSchema.builder()
                .recordType(RecordType.of("here", RecordScope.PRESENCE, object()))
                .build();
        assertThat(schema.presenceType()).contains("instance_presence");
        assertThat(schema.scopeOf("here")).contains(RecordScope.PRESENCE);
    }
}
