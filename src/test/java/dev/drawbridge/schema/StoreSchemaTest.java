package dev.drawbridge.schema;

import static dev.drawbridge.schema.Edit.nothing;
import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.jsonValue;
import static dev.drawbridge.schema.Validators.object;
import static dev.drawbridge.schema.Version.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A store schema")
class StoreSchemaTest {
    private final StoreSchema schema = TldrawSchema.create();

    private SerializedSchema with(String sequence, JsonValue version) {
        JsonObject json = schema.serialize().json();
        return new SerializedSchema(
                json.with("sequences", VectorFile.object(json, "sequences").with(sequence, version)));
    }

    private SerializedSchema without(String sequence) {
        JsonObject json = schema.serialize().json();
        return new SerializedSchema(
                json.with("sequences", VectorFile.object(json, "sequences").without(sequence)));
    }

    @Nested
    @DisplayName("says of a client")
    class Compatibility {

        @Test
        @DisplayName("with the same schema that its records need no migration")
        void same() {
            SerializedSchema client = new SerializedSchema(
                    JsonObject.copyOf(Map.of("schemaVersion", JsonNumber.of(2), "sequences", sequences())));
            assertThat(schema.compatibilityWith(client))
                    .isInstanceOfSatisfying(
                            ClientCompatibility.Compatible.class,
                            served -> assertThat(served.migrations().isEmpty()).isTrue());
        }

        @ParameterizedTest
        @ValueSource(strings = {"4.0.3", "4.2.3", "4.5.12", "5.0.1", "5.2.4"})
        @DisplayName("of these versions that it is served, with migrations")
        void served(String version) throws IOException, JsonException {
            assertThat(schema.compatibilityWith(real(version)))
                    .isInstanceOfSatisfying(
                            ClientCompatibility.Compatible.class,
                            served -> assertThat(served.migrations().isEmpty()).isFalse());
        }

        @ParameterizedTest
        @ValueSource(strings = {"2.0.0", "2.1.4", "2.4.6", "3.2.0", "3.6.1", "3.10.3", "3.15.6"})
        @DisplayName("of these versions that it is too old, and which migration is to blame")
        void tooOld(String version) throws IOException, JsonException {
            assertThat(schema.compatibilityWith(real(version)))
                    .isInstanceOfSatisfying(ClientCompatibility.ClientTooOld.class, old -> assertThat(old.why())
                            .contains("cannot be undone"));
        }

        @Test
        @DisplayName("that cannot be undone for it which migration that is")
        void namesTheMigration() {
            assertThat(schema.compatibilityWith(with("com.tldraw.user", JsonNumber.of(0))))
                    .isEqualTo(new ClientCompatibility.ClientTooOld(
                            "the client is older than com.tldraw.user/1 (Initial), which cannot be undone for it"));
        }

        @Test
        @DisplayName("[§21.22] that does not name users that it is served, and not told of them")
        void hides() {
            assertThat(schema.compatibilityWith(without("com.tldraw.user")))
                    .isInstanceOfSatisfying(ClientCompatibility.Compatible.class, served -> {
                        assertThat(served.migrations().hides("user", null)).isTrue();
                        assertThat(served.migrations().hides("shape", "geo")).isFalse();
                        assertThat(served.migrations().size()).isZero();
                    });
        }

        @Test
        @DisplayName("[§21.22] that names none of our types that it is too old")
        void namesNothing() {
            for (String schemaOfNothing : List.of(
                    "{\"schemaVersion\":2,\"sequences\":{}}",
                    "{\"schemaVersion\":2,\"sequences\":{\"com.tldraw.store\":5,\"com.example.star\":1}}",
                    "{\"schemaVersion\":1,\"storeVersion\":4,\"recordVersions\":{}}")) {
                assertThat(schema.compatibilityWith(new SerializedSchema(parse(schemaOfNothing))))
                        .isEqualTo(new ClientCompatibility.ClientTooOld(
                                "the client names none of the types that there are"));
            }
        }

        @Test
        @DisplayName("[§21.22] that sees the same as another one that it speaks the same")
        void equal() {
            assertThat(schema.compatibilityWith(without("com.tldraw.user")))
                    .isEqualTo(schema.compatibilityWith(without("com.tldraw.user")));
        }

        @Test
        @DisplayName("with a version beyond ours that the server is too old, and names both versions")
        void ahead() {
            assertThat(schema.compatibilityWith(with("com.tldraw.shape.geo", JsonNumber.of(13))))
                    .isEqualTo(
                            new ClientCompatibility.ServerTooOld("com.tldraw.shape.geo is at version 13, ours at 12"));
        }

        @Test
        @DisplayName("with a schema version beyond ours that the server is too old")
        void newSchemaVersion() {
            SerializedSchema client =
                    new SerializedSchema(schema.serialize().json().with("schemaVersion", JsonNumber.of(3)));
            assertThat(schema.compatibilityWith(client))
                    .isEqualTo(new ClientCompatibility.ServerTooOld("schemaVersion 3, ours is 2"));
        }

        @Test
        @DisplayName("with a custom shape that we do not know that it is served")
        void unknownSequence() {
            assertThat(schema.compatibilityWith(with("com.tldraw.shape.card", JsonNumber.of(9))))
                    .isInstanceOf(ClientCompatibility.Compatible.class);
        }

        @Test
        @DisplayName("with a version that there never was that it is too old, and names the sequence")
        void nonsense() {
            assertThat(schema.compatibilityWith(with("com.tldraw.page", JsonNumber.of(-1))))
                    .isEqualTo(new ClientCompatibility.ClientTooOld(
                            "com.tldraw.page is at version -1, which is none of our 1"));
            assertThat(schema.compatibilityWith(with("com.tldraw.store", JsonNull.NULL)))
                    .isInstanceOf(ClientCompatibility.ClientTooOld.class);
            assertThat(schema.compatibilityWith(new SerializedSchema(JsonObject.EMPTY)))
                    .isInstanceOf(ClientCompatibility.ClientTooOld.class);
        }

        private static JsonObject parse(String json) {
            try {
                return (JsonObject) Json.parse(json);
            } catch (JsonException e) {
                throw new AssertionError(e);
            }
        }

        private JsonObject sequences() {
            return VectorFile.object(schema.serialize().json(), "sequences");
        }

        private SerializedSchema real(String version) throws IOException, JsonException {
            try (InputStream in = Objects.requireNonNull(
                    StoreSchemaTest.class.getResourceAsStream("/schema/serialized/" + version + ".json"))) {
                return SerializedSchema.read(Json.parse(in.readAllBytes())).orElseThrow();
            }
        }
    }

    @Nested
    @DisplayName("validates")
    class Validation {
        private final RandomRecords records = new RandomRecords(new Random(1));

        @Test
        @DisplayName("the records of a new room")
        void initialRecords() throws ValidationException {
            for (JsonObject record : TldrawSchema.initialRecords()) {
                schema.validate(null, record);
            }
        }

        @Test
        @DisplayName("and names the path to what is wrong, what was expected and what was found")
        void namesThePath() {
            JsonObject shape = records.shape("geo");
            JsonObject props = VectorFile.object(shape, "props");
            assertThat(refusal(null, shape.with("props", props.with("geo", JsonString.of("blob")))))
                    .hasMessage("shape.props.geo: expected one of \"cloud\", \"rectangle\", \"ellipse\", \"triangle\","
                            + " \"diamond\", \"pentagon\", \"hexagon\", \"octagon\", \"star\", \"rhombus\", \"rhombus-2\","
                            + " \"oval\", \"trapezoid\", \"arrow-right\", \"arrow-left\", \"arrow-up\", \"arrow-down\","
                            + " \"x-box\", \"check-box\", \"heart\", got \"blob\"");
            assertThat(refusal(null, shape.with("props", props.with("w", JsonNumber.of(0)))))
                    .hasMessage("shape.props.w: expected a number > 0, got 0");
            assertThat(refusal(null, shape.with("props", props.without("url"))))
                    .hasMessage("shape.props.url: expected an http, https or mailto URL, got nothing");
            assertThat(refusal(null, shape.with("note", JsonNull.NULL))).hasMessage("shape.note: unknown property");
            assertThat(refusal(null, shape.with("typeName", JsonString.of("widget"))))
                    .hasMessage("typeName: record type \"widget\" is unknown to this server: docs/types.md");
        }

        @Test
        @DisplayName("all of a shape whose type has changed, although its properties are those that were valid before")
        void changedType() {
            JsonObject geo = records.shape("geo");
            assertThat(refusal(geo, geo.with("type", JsonString.of("note"))).path())
                    .startsWith("props");
        }

        @Test
        @DisplayName("nothing that is identical to the valid version before")
        void skipsWhatIsIdentical() throws ValidationException {
            AtomicInteger reads = new AtomicInteger();
            Validator counting = (previous, value) -> {
                reads.incrementAndGet();
                return null;
            };
            StoreSchema counted = StoreSchema.builder()
                    .recordType(RecordType.of(
                            "thing",
                            RecordScope.DOCUMENT,
                            object(
                                    field("typeName", jsonValue()),
                                    field("x", counting),
                                    field("props", object(field("path", counting), field("size", counting))))))
                    .build();
            JsonObject before = JsonObject.builder()
                    .put("typeName", "thing")
                    .put("x", 1)
                    .put(
                            "props",
                            JsonObject.builder().put("path", "a").put("size", 1).build())
                    .build();
            counted.validate(null, before);
            assertThat(reads).hasValue(3);
            counted.validate(before, before.with("x", JsonNumber.of(2)));
            assertThat(reads).hasValue(4);
            JsonObject props = VectorFile.object(before, "props").with("size", JsonNumber.of(2));
            counted.validate(before, before.with("props", props));
            assertThat(reads).hasValue(5);
        }

        private ValidationException refusal(@Nullable JsonObject previous, JsonObject record) {
            return catchThrowableOfType(ValidationException.class, () -> schema.validate(previous, record));
        }
    }

    @Nested
    @DisplayName("migrates a store")
    class Migrating {

        @Test
        @DisplayName("that has no schema through every migration there is")
        void earliest() {
            assertThat(schema.migrationsSince(SerializedSchema.EARLIEST))
                    .isInstanceOfSatisfying(MigrationsSince.Known.class, known -> assertThat(
                                    known.path().migrations())
                            .isEqualTo(schema.migrations())
                            .hasSize(134));
        }

        @Test
        @DisplayName("with the same schema to itself, and keeps what is not stored otherwise")
        void unchanged() throws MigrationException {
            Map<String, JsonObject> store = Map.of("widget:1", JsonObject.of("typeName", JsonString.of("widget")));
            MigratedStore migrated = schema.migrateStore(Stores.packed(store), schema.serialize());
            assertThat(migrated.isUnchanged()).isTrue();
            assertThat(Stores.unpacked(migrated.records())).isEqualTo(store);
        }

        @Test
        @DisplayName("and fails as a whole when a record is of a type that is not known")
        void unknownType() {
            Map<String, JsonObject> store = Map.of("widget:1", JsonObject.of("typeName", JsonString.of("widget")));
            assertThatThrownBy(
                            () -> schema.migrateStore(Stores.packed(store), with("com.tldraw.page", JsonNumber.of(0))))
                    .isInstanceOf(MigrationException.class)
                    .hasMessageContaining("widget:1");
        }

        @Test
        @DisplayName("and names the migration and the record that it failed on")
        void namesTheRecord() {
            JsonObject shape = JsonObject.builder()
                    .put("id", "shape:1")
                    .put("typeName", "shape")
                    .put("type", "text")
                    .put("props", JsonObject.EMPTY)
                    .build();
            assertThatThrownBy(() -> schema.migrateStore(
                            Stores.packed(Map.of("shape:1", shape)), with("com.tldraw.shape.text", JsonNumber.of(2))))
                    .isInstanceOf(MigrationException.class)
                    .hasMessage("com.tldraw.shape.text/3 (AddRichText) up failed on \"shape:1\":"
                            + " expected a string, got nothing");
        }
    }

    @Nested
    @DisplayName("refuses to be built")
    class Refusals {

        @Test
        @DisplayName("with two record types of presence scope")
        void twoPresenceTypes() {
            assertRefused(
                    StoreSchema.builder()
                            .recordType(RecordType.of("a", RecordScope.PRESENCE, jsonValue()))
                            .recordType(RecordType.of("b", RecordScope.PRESENCE, jsonValue())),
                    "more than one record type of presence scope: [a, b]");
        }

        @Test
        @DisplayName("with a dependency that does not exist")
        void unknownDependency() {
            assertRefused(
                    StoreSchema.builder()
                            .migrations(MigrationSequence.of(
                                    "a", version(1, "One", nothing()).after("b/1"))),
                    "a/1 (One) depends on b/1, which does not exist");
        }

        @Test
        @DisplayName("with dependencies that form a cycle")
        void cycle() {
            assertRefused(
                    StoreSchema.builder()
                            .migrations(MigrationSequence.of(
                                    "a", version(1, "One", nothing()).after("b/1")))
                            .migrations(MigrationSequence.of(
                                    "b", version(1, "One", nothing()).after("a/1"))),
                    "circular dependency in migrations: a/1 (One)");
        }

        @Test
        @DisplayName("with a gap in a sequence, or one that does not begin with 1")
        void gap() {
            assertThatThrownBy(() ->
                            MigrationSequence.of("a", version(1, "One", nothing()), version(3, "Three", nothing())))
                    .hasMessage("expected a/2, got a/3");
            assertThatThrownBy(() -> MigrationSequence.of("a", version(0, "Zero", nothing())))
                    .hasMessage("expected a/1, got a/0");
        }

        @Test
        @DisplayName("with a sequence id that is empty or has a slash")
        void sequenceId() {
            assertThatThrownBy(() -> MigrationSequence.of("")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> MigrationSequence.of("a/b")).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        @DisplayName("with a record type or a sequence that is there already")
        void twice() {
            RecordType type = RecordType.of("a", RecordScope.DOCUMENT, jsonValue());
            assertThatThrownBy(() -> StoreSchema.builder().recordType(type).recordType(type))
                    .hasMessage("record type \"a\" is declared twice");
            assertThatThrownBy(() ->
                            StoreSchema.builder().recordType(type).migrations(MigrationSequence.of("com.tldraw.a")))
                    .hasMessage("migration sequence com.tldraw.a is declared twice");
        }

        private void assertRefused(StoreSchema.Builder builder, String message) {
            assertThatThrownBy(builder::build)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(message);
        }
    }
}
