package dev.drawbridge.schema;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.json.Quoted;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A schema's version numbers as they travel in a connect message or a snapshot (§9), of schemaVersion 1 or 2. */
public record SerializedSchema(JsonObject json) {
    static final int SCHEMA_VERSION = 2;

    private static final String RECORDS = "com.tldraw.";

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

    /**
     * The version that each of these sequences has, in the form of schemaVersion 2; empty when that cannot be read (§9).
     * What else the schema names is passed over: there may be anything, and any amount of it.
     */
    Optional<JsonObject> sequences(Set<String> ids) {
        double version = schemaVersion();
        if (version < 1 || version > SCHEMA_VERSION) {
            return Optional.empty();
        }
        try {
            return Optional.of(isCurrentForm() ? sequencesOfVersion2(ids) : sequencesOfVersion1(ids));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What makes this the schema of a newer program than one with those sequences (§8 step 3); empty when nothing does. */
    Optional<String> whyNewerThan(Map<String, MigrationSequence> ours) {
        if (schemaVersion() > SCHEMA_VERSION) {
            return Optional.of("schemaVersion " + Quoted.of(json.get("schemaVersion")) + ", ours is 2");
        }
        if (!isCurrentForm()) {
            return Optional.empty();
        }
        JsonValue sequences = json.get("sequences");
        if (Js.isNullish(sequences)) {
            return Optional.empty();
        }
        for (Map.Entry<String, JsonValue> theirs : Js.entries(sequences)) {
            MigrationSequence sequence = ours.get(theirs.getKey());
            if (sequence == null) {
                return Optional.of(Quoted.bare(theirs.getKey()) + " is not known here");
            }
            if (Js.toNumber(theirs.getValue()) > sequence.version()) {
                return Optional.of(theirs.getKey() + " is at version " + Quoted.of(theirs.getValue()) + ", ours at "
                        + sequence.version());
            }
        }
        return Optional.empty();
    }

    /**
     * The sequences that are none of these, in the form of schemaVersion 2: an older form names no custom ones. Only whole
     * numbers are versions.
     */
    JsonObject sequencesOtherThan(Set<String> ids) {
        if (!isCurrentForm() || !(json.get("sequences") instanceof JsonObject named)) {
            return JsonObject.EMPTY;
        }
        JsonObject.Builder others = JsonObject.builder();
        for (Map.Entry<String, JsonValue> each : named.entries()) {
            if (!ids.contains(each.getKey())
                    && each.getValue() instanceof JsonNumber(double version)
                    && version >= 0
                    && version == Math.rint(version)) {
                others.put(each.getKey(), each.getValue());
            }
        }
        return others.build();
    }

    /** This schema with these sequences too. */
    public SerializedSchema with(JsonObject further) {
        if (further.isEmpty() || !(json.get("sequences") instanceof JsonObject named)) {
            return this;
        }
        JsonObject.Builder all = JsonObject.builder();
        named.entries().forEach(each -> all.put(each.getKey(), each.getValue()));
        further.entries().forEach(each -> all.put(each.getKey(), each.getValue()));
        return new SerializedSchema(json.with("sequences", all.build()));
    }

    private double schemaVersion() {
        return Js.toNumber(json.get("schemaVersion"));
    }

    private boolean isCurrentForm() {
        return Js.is(json.get("schemaVersion"), SCHEMA_VERSION);
    }

    private JsonObject sequencesOfVersion2(Set<String> ids) {
        JsonValue named = json.get("sequences");
        if (Js.isNullish(named)) {
            throw new IllegalArgumentException("no sequences");
        }
        JsonObject.Builder sequences = JsonObject.builder();
        for (String id : ids) {
            JsonValue version = Js.own(named, id);
            if (version != null) {
                sequences.put(id, version);
            }
        }
        return sequences.build();
    }

    private JsonObject sequencesOfVersion1(Set<String> ids) {
        Known known = new Known(ids);
        known.put("com.tldraw.store", "", versionOf(json.get("storeVersion")));
        for (Map.Entry<String, JsonValue> type : Js.entries(json.get("recordVersions"))) {
            JsonValue record = type.getValue();
            if (!Js.isObject(record)) {
                throw new IllegalArgumentException("a record version must be an object");
            }
            known.put(RECORDS + type.getKey(), "", versionOf(Js.own(record, "version")));
            if (Js.own(record, "subTypeKey") != null) {
                String prefix = RECORDS + type.getKey() + '.';
                for (Map.Entry<String, JsonValue> subtype : named(Js.own(record, "subTypeVersions"))) {
                    known.put(prefix, subtype.getKey(), subtype.getValue());
                }
            }
        }
        return known.versions.build();
    }

    /** The members of a value; those of an array or a text have numbers for names, as no sequence of ours has. */
    private static Collection<Map.Entry<String, JsonValue>> named(@Nullable JsonValue value) {
        return value instanceof JsonArray || value instanceof JsonString ? List.of() : Js.entries(value);
    }

    /** Collects the versions of known sequences. The name of an unknown one, which may be long, is not even put together. */
    private static final class Known {
        private final Set<String> ids;
        private final int longest;
        private final JsonObject.Builder versions = JsonObject.builder();

        Known(Set<String> ids) {
            this.ids = ids;
            this.longest = ids.stream().mapToInt(String::length).max().orElse(0);
        }

        void put(String prefix, String rest, JsonValue version) {
            if (prefix.length() + rest.length() <= longest && ids.contains(prefix + rest)) {
                versions.put(prefix + rest, version);
            }
        }
    }

    /** A version that is missing is named all the same: it is no number. */
    private static JsonValue versionOf(@Nullable JsonValue version) {
        return version == null ? JsonNull.NULL : version;
    }
}
