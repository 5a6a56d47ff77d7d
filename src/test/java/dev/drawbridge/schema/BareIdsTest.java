package dev.drawbridge.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonText;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("[§21.22] The id of a person, who in older releases is called by the id alone")
class BareIdsTest {
    private static final JsonObject BARE = presence("'ann'", "'ben'");
    private static final JsonObject OURS = presence("'user:ann'", "'user:ben'");

    private final StoreSchema schema = TldrawSchema.create();

    private static JsonObject presence(String user, String followed) {
        return JsonText.object(
                "{'typeName':'instance_presence','userId':" + user + ",'followingUserId':" + followed + "}");
    }

    private RecordMigrations of(String release) throws Exception {
        try (InputStream file = Objects.requireNonNull(
                BareIdsTest.class.getResourceAsStream("/schema/serialized/" + release + ".json"), release)) {
            SerializedSchema theirs = SerializedSchema.read((JsonObject) Json.parse(file.readAllBytes()))
                    .orElseThrow();
            return ((ClientCompatibility.Compatible) schema.compatibilityWith(theirs)).migrations();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.0.3", "4.2.3", "4.5.12"})
    @DisplayName("is taken with its prefix, and shown without, up to 4.5")
    void upTo45(String release) throws Exception {
        RecordMigrations migrations = of(release);

        assertThat(migrations.up(BARE)).isEqualTo(OURS);
        assertThat(migrations.down(OURS)).isEqualTo(BARE);
    }

    @Test
    @DisplayName("is taken with its prefix from 5.0 and 5.1, which are shown it as the reference shows it")
    void upTo51() throws Exception {
        RecordMigrations migrations = of("5.0.1");

        assertThat(migrations.up(BARE)).isEqualTo(OURS);
        assertThat(migrations.down(OURS)).isEqualTo(OURS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.5.12", "5.0.1"})
    @DisplayName("stays as it is where it has its prefix")
    void prefixed(String release) throws Exception {
        assertThat(of(release).up(OURS)).isEqualTo(OURS);
    }

    @Test
    @DisplayName("is nothing but what it is from 5.2 on")
    void from52() throws Exception {
        RecordMigrations migrations = of("5.2.4");

        assertThat(migrations.up(BARE)).isSameAs(BARE);
        assertThat(migrations.down(OURS)).isSameAs(OURS);
    }

    @Test
    @DisplayName("may be nobody's, and is looked for in presences alone")
    void others() throws Exception {
        RecordMigrations migrations = of("4.5.12");
        JsonObject shape = JsonText.object("{'typeName':'shape','type':'card','userId':'ann'}");

        assertThat(migrations.up(presence("'ann'", "null"))).isEqualTo(presence("'user:ann'", "null"));
        assertThat(migrations.up(shape)).isSameAs(shape);
    }
}
