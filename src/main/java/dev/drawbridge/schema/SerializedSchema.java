package dev.drawbridge.schema;

import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A schema's version numbers as they travel in a connect message or a snapshot (§9), of schemaVersion 1 or 2. */
public record SerializedSchema(JsonObject json) {
    static final int SCHEMA_VERSION = 2;

    /**
     * The beginning of tldraw, for snapshots without a schema. Sequences that are not named count as not run; the two
     * that are not retroactive have to be named for that.
     */
    public static final SerializedSchema EARLIEST =
            ofVersions(Map.of("com.tldraw.store", 0, "com.tldraw.shape.arrow", 0));

    /** Reads a schema; empty when the value is no schema at all. */
    public static Optional<SerializedSchema> read(JsonValue value) {
        return value instanceof JsonObject object ? Optional.of(new SerializedSchema(object)) : Optional.empty();
    }

    static SerializedSchema ofVersions(Map<String, Integer> versions) {
        JsonObject.Builder sequences = JsonObject.builder();
        versions.forEach(sequences::put);
        return new SerializedSchema(JsonObject.builder()
                .put("schemaVersion", SCHEMA_VERSION)
                .put("sequences", sequences.build())
                .build());
    }

    /** The version of each sequence, in the form of schemaVersion 2; empty when that cannot be read (§9). */
    Optional<JsonObject> sequences() {
        double version = schemaVersion();
        if (version < 1 || version > SCHEMA_VERSION) {
            return Optional.empty();
        }
        try {
            return Optional.of(isCurrentForm() ? Js.members(json.get("sequences")) : sequencesOfVersion1());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What makes this the schema of a newer program than one with those sequences (§8 step 3); empty when nothing does. */
    Optional<String> whyNewerThan(Map<String, MigrationSequence> ours) {
        if (schemaVersion() > SCHEMA_VERSION) {
            return Optional.of("schemaVersion " + Violation.describe(json.get("schemaVersion")) + ", ours is 2");
        }
        if (!isCurrentForm()) {
            return Optional.empty();
        }
        for (Map.Entry<String, JsonValue> theirs :
                Js.spread(json.get("sequences")).entries()) {
            MigrationSequence sequence = ours.get(theirs.getKey());
            if (sequence == null) {
                return Optional.of(Violation.shorten(theirs.getKey()) + " is not known here");
            }
            if (Js.toNumber(theirs.getValue()) > sequence.version()) {
                return Optional.of(theirs.getKey() + " is at version " + Violation.describe(theirs.getValue())
                        + ", ours at " + sequence.version());
            }
        }
        return Optional.empty();
    }

    private double schemaVersion() {
        return Js.toNumber(json.get("schemaVersion"));
    }

    private boolean isCurrentForm() {
        return Js.is(json.get("schemaVersion"), SCHEMA_VERSION);
    }

    private JsonObject sequencesOfVersion1() {
        JsonObject.Builder sequences = JsonObject.builder();
        sequences.put("com.tldraw.store", versionOf(json.get("storeVersion")));
        for (Map.Entry<String, JsonValue> type : Js.entries(json.get("recordVersions"))) {
            String sequence = "com.tldraw." + type.getKey();
            JsonObject record = Js.asObject(type.getValue());
            if (record == null) {
                throw new IllegalArgumentException(sequence + ": expected an object");
            }
            sequences.put(sequence, versionOf(record.get("version")));
            if (record.has("subTypeKey")) {
                for (Map.Entry<String, JsonValue> subtype : Js.entries(record.get("subTypeVersions"))) {
                    sequences.put(sequence + '.' + subtype.getKey(), subtype.getValue());
                }
            }
        }
        return sequences.build();
    }

    /** A version that is missing is named all the same: it is no number. */
    private static JsonValue versionOf(@Nullable JsonValue version) {
        return version == null ? JsonNull.NULL : version;
    }
}
