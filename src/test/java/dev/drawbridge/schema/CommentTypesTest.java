package dev.drawbridge.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.tldraw.Comments;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Tldraw's comments")
class CommentTypesTest {
    private static final StoreSchema SCHEMA = TldrawSchema.builder().comments().build();

    private static JsonObject vectors() throws Exception {
        try (InputStream file =
                Objects.requireNonNull(CommentTypesTest.class.getResourceAsStream("/schema/comments.json"))) {
            return (JsonObject) Json.parse(file.readAllBytes());
        }
    }

    static Stream<JsonObject> verdicts() throws Exception {
        return VectorFile.objects(VectorFile.member(vectors(), "verdicts")).stream();
    }

    static Stream<JsonObject> migrations() throws Exception {
        return VectorFile.objects(VectorFile.member(vectors(), "migrations")).stream();
    }

    @Test
    @DisplayName("have the versions that the real package has")
    void versions() throws Exception {
        JsonObject theirs = VectorFile.object(VectorFile.object(vectors(), "schema"), "sequences");
        assertThat(SCHEMA.serialize().json().get("sequences")).isEqualTo(theirs);
    }

    @ParameterizedTest
    @MethodSource("verdicts")
    @DisplayName("are good or bad as the real package says")
    void verdict(JsonObject vector) {
        boolean ok;
        try {
            SCHEMA.validate(null, VectorFile.object(vector, "record"));
            ok = true;
        } catch (ValidationException e) {
            ok = false;
        }
        assertThat(JsonBoolean.of(ok)).isEqualTo(vector.get("ok"));
    }

    @ParameterizedTest
    @MethodSource("migrations")
    @DisplayName("are migrated as the real package does it")
    void migration(JsonObject vector) throws Exception {
        JsonObject record = VectorFile.object(vector, "record");
        JsonObject ours = SCHEMA.serialize().json();
        JsonObject sequences = VectorFile.object(ours, "sequences")
                .with("com.tldraw." + record.string("typeName"), Objects.requireNonNull(vector.get("version")));
        MigrationPath path = SCHEMA.pathFrom(new SerializedSchema(ours.with("sequences", sequences)));

        JsonValue migrated = null;
        boolean down = "down".equals(vector.string("direction"));
        if (!down || path.blockingDown().isEmpty()) {
            migrated = down ? path.down(record) : path.up(record);
        }

        assertThat(migrated).isEqualTo(vector.get("value"));
    }

    @Test
    @DisplayName("[§21.22] keep nobody away who does not know of them")
    void plain() {
        JsonObject plain = TldrawSchema.create().serialize().json();
        ClientCompatibility.Compatible served = (ClientCompatibility.Compatible)
                SCHEMA.compatibilityWith(SerializedSchema.read(plain).orElseThrow());
        for (String type : Comments.TYPE_NAMES) {
            assertThat(served.migrations().hides(type, null)).isTrue();
        }
        assertThat(served.migrations().hides("page", null)).isFalse();
    }

    @Test
    @DisplayName("keep those away who know of them before their first version")
    void tooOld() {
        JsonObject ours = SCHEMA.serialize().json();
        JsonObject sequences = VectorFile.object(ours, "sequences").with("com.tldraw.comment", JsonNumber.of(0));
        assertThat(SCHEMA.compatibilityWith(new SerializedSchema(ours.with("sequences", sequences))))
                .isInstanceOf(ClientCompatibility.ClientTooOld.class);
    }
}
