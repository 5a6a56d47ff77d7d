package dev.drawbridge.schema.tldraw;

import static dev.drawbridge.schema.Edit.nothing;
import static dev.drawbridge.schema.Version.storageVersion;
import static dev.drawbridge.schema.Version.version;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.Edit;
import dev.drawbridge.schema.Js;
import dev.drawbridge.schema.MigrationSequence;
import dev.drawbridge.schema.StorageEdit;
import dev.drawbridge.schema.primitives.IndexKeys;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The history of the store as a whole, {@code com.tldraw.store}. */
final class StoreMigrations {
    static final MigrationSequence SEQUENCE = MigrationSequence.of(
                    "com.tldraw.store",
                    storageVersion(1, "RemoveCodeAndIconShapeTypes", deleteIf(StoreMigrations::isCodeOrIcon)),
                    storageVersion(2, "AddInstancePresenceType", (records, random) -> {}),
                    storageVersion(
                            3, "RemoveTLUserAndPresenceAndAddPointer", deleteIf(StoreMigrations::isOldUserOrPresence)),
                    storageVersion(4, "RemoveUserDocument", deleteIf(record -> typeName(record)
                            .contains("user_document"))),
                    version(5, "FixIndexKeys", StoreMigrations::fixIndexKeys, nothing()))
            .notRetroactive();

    private StoreMigrations() {}

    private static StorageEdit deleteIf(Predicate<JsonObject> condition) {
        return (records, random) -> {
            for (Map.Entry<String, JsonObject> entry : records.entries()) {
                if (condition.test(entry.getValue())) {
                    records.delete(entry.getKey());
                }
            }
        };
    }

    private static boolean isCodeOrIcon(JsonObject record) {
        return isOneOf(record.get("typeName"), "shape") && isOneOf(record.get("type"), "icon", "code");
    }

    private static boolean isOldUserOrPresence(JsonObject record) {
        return List.of("user", "user_presence").contains(typeName(record));
    }

    private static boolean isOneOf(@Nullable JsonValue value, String... texts) {
        return Stream.of(texts).anyMatch(text -> Js.is(value, text));
    }

    private static String typeName(JsonObject record) {
        return Js.string(record.get("typeName"));
    }

    /** Takes the zero from the end of the index of pages, shapes and points of lines. */
    private static JsonObject fixIndexKeys(JsonObject record, RandomGenerator random) {
        if (!record.has("index") || !isOneOf(record.get("typeName"), "shape", "page")) {
            return record;
        }
        JsonObject fixed = fixIndex(record, random);
        return isOneOf(record.get("typeName"), "shape") && isOneOf(record.get("type"), "line")
                ? Edit.within("props", StoreMigrations::fixPoints).apply(fixed, random)
                : fixed;
    }

    private static JsonObject fixPoints(JsonObject props, RandomGenerator random) {
        JsonValue points = props.get("points");
        if (points instanceof JsonArray(List<JsonValue> items)) {
            return props.with(
                    "points",
                    new JsonArray(items.stream()
                            .<JsonValue>map(point -> fixIndex(Js.object(point), random))
                            .toList()));
        }
        JsonObject.Builder fixed = JsonObject.builder();
        Js.entries(points).forEach(point -> fixed.put(point.getKey(), fixIndex(Js.object(point.getValue()), random)));
        return points instanceof JsonObject ? props.with("points", fixed.build()) : props;
    }

    private static JsonObject fixIndex(JsonObject indexed, RandomGenerator random) {
        String index = Js.string(indexed.get("index"));
        return indexed.with("index", JsonString.of(IndexKeys.withoutTrailingZero(index, random)));
    }
}
