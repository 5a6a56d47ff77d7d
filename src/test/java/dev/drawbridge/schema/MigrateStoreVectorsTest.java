package dev.drawbridge.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The vectors for migrating whole stores")
class MigrateStoreVectorsTest {
    private final StoreSchema schema = TldrawSchema.create();

    static Stream<VectorFile> files() {
        return VectorFile.in("migrate-store");
    }

    @ParameterizedTest
    @MethodSource("files")
    @DisplayName("a store becomes what it becomes with the packages, and every change is told")
    void migrate(VectorFile file) {
        file.check(file.cases(), this::disagreement);
    }

    private @Nullable String disagreement(JsonObject vector) throws JsonException {
        Map<String, JsonObject> records = new LinkedHashMap<>();
        VectorFile.object(vector, "store")
                .entries()
                .forEach(entry -> records.put(entry.getKey(), (JsonObject) entry.getValue()));
        boolean succeeds = VectorFile.text(vector, "result").equals("success");
        Map<String, PackedRecord> packed = Stores.packed(records);
        MigratedStore migrated;
        try {
            migrated = schema.migrateStore(packed, new SerializedSchema(VectorFile.object(vector, "schema")));
        } catch (MigrationException e) {
            return succeeds ? e.getMessage() : null;
        }
        if (!succeeds) {
            return "did not fail";
        }
        assertAccounted(packed, migrated);
        Set<String> removed = ((JsonArray) VectorFile.member(vector, "removed"))
                .items().stream().map(Js::toText).collect(Collectors.toSet());
        if (!removed.equals(migrated.removed())) {
            return "removed " + migrated.removed() + ", expected " + removed;
        }
        long bindings = migrated.put().keySet().stream()
                .filter(id -> !records.containsKey(id))
                .count();
        if (vector.get("newBindings") instanceof JsonNumber(double expected) && bindings != expected) {
            return bindings + " new bindings, expected " + expected;
        }
        if (migrated.records().values().stream().map(PackedRecord::unpack).allMatch(this::isValid)
                != VectorFile.isTrue(vector, "allValid")) {
            return "all valid is expected to be " + vector.get("allValid");
        }
        return ExpectedJson.disagreement(
                vector, withNamedBindings(records.keySet(), Stores.unpacked(migrated.records())));
    }

    /** The changes that are told lead from the records before to those after. */
    private static void assertAccounted(Map<String, PackedRecord> before, MigratedStore migrated) {
        Map<String, PackedRecord> replayed = new LinkedHashMap<>(before);
        replayed.keySet().removeAll(migrated.removed());
        replayed.putAll(migrated.put());
        assertThat(replayed).isEqualTo(migrated.records());
        Set<String> untouched = new LinkedHashSet<>(migrated.records().keySet());
        untouched.removeAll(migrated.put().keySet());
        assertThat(untouched)
                .allSatisfy(id -> assertThat(migrated.records().get(id)).isSameAs(before.get(id)));
        assertThat(migrated.put()).allSatisfy((id, record) -> {
            if (before.containsKey(id)) {
                assertThat(record.unpack()).isNotEqualTo(before.get(id).unpack());
            }
        });
    }

    /** New bindings have random ids; the vectors name them by what they bind. */
    private static JsonObject withNamedBindings(Set<String> before, Map<String, JsonObject> records) {
        JsonObject.Builder named = JsonObject.builder();
        records.forEach((id, record) -> {
            if (before.contains(id)) {
                named.put(id, record);
            } else {
                assertThat(id).matches("binding:[0-9A-Za-z_-]{21}");
                JsonValue terminal = Js.member(record.get("props"), "terminal");
                String name = "binding:~" + Js.toText(record.get("fromId")) + '~' + Js.toText(terminal);
                named.put(name, record.with("id", JsonString.of(name)));
            }
        });
        return named.build();
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
