package dev.drawbridge.schema;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.json.Quoted;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** All record types of a store and the migrations that lead to them. It is immutable and safe to share. */
public final class StoreSchema {
    /** The one that sessions have, whatever others there are: those never leave their clients. */
    private static final String TLDRAWS_PRESENCE = "instance_presence";

    private final Map<String, RecordType> types;
    private final Map<String, MigrationSequence> sequences;
    private final List<Migration> migrations;
    private final Map<String, Projection.Kind> kinds;
    private final List<Widening> widenings;
    private final List<BareIds> bareIds;
    private final Set<String> objectTypes;
    private final RandomGenerator random;
    private final CodeMigrator codeMigrator;
    private final boolean acceptsUnknownSequences;
    private final Optional<String> presenceType;
    private final SerializedSchema serialized;
    private final ClientCompatibility sameSchema;

    private StoreSchema(Builder builder) {
        this.types = Map.copyOf(builder.types);
        this.sequences = new LinkedHashMap<>(builder.sequences);
        this.migrations = MigrationOrder.of(sequences.values());
        this.kinds = Projection.Kind.bySequence(types.values());
        this.widenings = List.copyOf(builder.widenings);
        this.bareIds = List.copyOf(builder.bareIds);
        this.objectTypes = Set.of();
        this.random = builder.random;
        this.codeMigrator = builder.codeMigrator;
        this.acceptsUnknownSequences = builder.acceptsUnknownSequences;
        this.presenceType = onlyPresenceType(builder);
        this.serialized = SerializedSchema.ofVersions(versions());
        this.sameSchema = new ClientCompatibility.Compatible(new MigrationPath(List.of(), random));
    }

    private StoreSchema(StoreSchema other, Collection<String> objectTypes) {
        this.types = other.types;
        this.sequences = other.sequences;
        this.migrations = other.migrations;
        this.kinds = other.kinds;
        this.widenings = other.widenings;
        this.bareIds = other.bareIds;
        this.objectTypes = Set.copyOf(objectTypes);
        this.random = other.random;
        this.codeMigrator = other.codeMigrator;
        this.acceptsUnknownSequences = other.acceptsUnknownSequences;
        this.presenceType = other.presenceType;
        this.serialized = other.serialized;
        this.sameSchema = other.sameSchema;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Our own version numbers, of schemaVersion 2. */
    public SerializedSchema serialize() {
        return serialized;
    }

    /** The scope of a record type; empty for a type that this schema does not know. */
    public Optional<RecordScope> scopeOf(String typeName) {
        return recordType(typeName).map(RecordType::scope);
    }

    /** A record type; empty for one that this schema does not know. */
    public Optional<RecordType> recordType(String typeName) {
        return Optional.ofNullable(types.get(typeName));
    }

    /**
     * The record types of the object lane: their records are told and changed like those of the document, and are no part of
     * it where somebody may not edit, or puts an earlier state of the document back.
     */
    public Set<String> objectTypes() {
        return objectTypes;
    }

    /**
     * This schema, with these record types in the object lane and no others.
     *
     * @throws IllegalArgumentException if one is not a record type of the document's scope
     */
    public StoreSchema withObjectTypes(Collection<String> typeNames) {
        for (String typeName : typeNames) {
            if (scopeOf(typeName).orElse(null) != RecordScope.DOCUMENT) {
                throw new IllegalArgumentException(Quoted.bare(typeName)
                        + " is not the name of a record type whose records are part of the document");
            }
        }
        return new StoreSchema(this, typeNames);
    }

    /** The name of the record type that sessions have as presence; empty when there is none. */
    public Optional<String> presenceType() {
        return presenceType;
    }

    /** The migrations of all sequences, in the order in which they run (§6). */
    public List<Migration> migrations() {
        return migrations;
    }

    /**
     * Checks a record against the validator of its type.
     *
     * @param previous a valid earlier version of the same record: parts that are identical to it are not read again
     */
    public void validate(@Nullable JsonObject previous, JsonObject record) throws ValidationException {
        String typeName = record.string("typeName");
        RecordType type = typeName == null ? null : types.get(typeName);
        if (typeName == null || type == null) {
            throw new ValidationException("typeName: record type " + Quoted.of(record.get("typeName"))
                    + " is unknown to this server: docs/types.md");
        }
        boolean sameType = previous != null && typeName.equals(previous.string("typeName"));
        type.validate(sameType ? previous : null, record);
    }

    /** Whether a client with that schema can be served (§8 steps 3 and 4), and what it sees then (§21.22). */
    public ClientCompatibility compatibilityWith(SerializedSchema client) {
        if (client.equals(serialized) && !acceptsUnknownSequences) {
            return sameSchema;
        }
        return switch (migrationsSince(client)) {
            case MigrationsSince.Known(MigrationPath path) -> projected(path, client);
            case MigrationsSince.Incompatible(String why) ->
                client.whyNewerThan(sequences)
                        .<ClientCompatibility>map(ClientCompatibility.ServerTooOld::new)
                        .orElseGet(() -> new ClientCompatibility.ClientTooOld(why));
        };
    }

    private ClientCompatibility projected(MigrationPath path, SerializedSchema client) {
        JsonObject versions = client.sequences(sequences.keySet()).orElse(JsonObject.EMPTY);
        if (kinds.keySet().stream().noneMatch(versions::has)) {
            return new ClientCompatibility.ClientTooOld("the client names none of the types that there are");
        }
        Projection projection = Projection.of(path, kinds, versions, widenings, bareIds, foreign(client));
        return projection
                .path()
                .blockingDown()
                .<ClientCompatibility>map(blocking -> new ClientCompatibility.ClientTooOld(
                        "the client is older than " + blocking.title() + ", which cannot be undone for it"))
                .orElseGet(() -> new ClientCompatibility.Compatible(projection));
    }

    private Optional<ForeignTypes> foreign(SerializedSchema client) {
        return acceptsUnknownSequences
                ? Optional.of(new ForeignTypes(
                        kinds.keySet(), unknownSequences(client).keys()))
                : Optional.empty();
    }

    /** The migrations that lead from the records of another schema to ours (§3). */
    public MigrationsSince migrationsSince(SerializedSchema other) {
        Optional<JsonObject> versions = other.sequences(sequences.keySet());
        if (versions.isEmpty()) {
            return new MigrationsSince.Incompatible("not a schema of schemaVersion 1 or 2");
        }
        Set<String> missing = new HashSet<>();
        for (MigrationSequence sequence : sequences.values()) {
            JsonValue theirs = versions.get().get(sequence.id());
            OptionalInt reached = sequence.reachedBy(theirs);
            if (reached.isEmpty()) {
                return new MigrationsSince.Incompatible(sequence.id() + " is at version " + Quoted.of(theirs)
                        + ", which is none of our " + sequence.version());
            }
            sequence.migrations()
                    .subList(reached.getAsInt(), sequence.version())
                    .forEach(migration -> missing.add(migration.id()));
        }
        return new MigrationsSince.Known(new MigrationPath(
                migrations.stream()
                        .filter(migration -> missing.contains(migration.id()))
                        .toList(),
                random));
    }

    /**
     * Brings all records of a store into our form (§5). When nothing has to be migrated nothing is touched; else records
     * that are not of document scope are dropped at the end.
     *
     * @throws MigrationException if a single record cannot be migrated, or is of a type that this schema does not know:
     *                            then nothing has happened
     */
    public MigratedStore migrateStore(Map<String, ? extends PackedRecord> records, SerializedSchema from)
            throws MigrationException {
        MigrationPath path = pathFrom(from);
        return path.isEmpty()
                ? MigratedStore.of(records, new LinkedHashMap<>(records))
                : new StoreMigration(this, random).run(path, records);
    }

    /**
     * The migrations that lead all records of a store of that schema to ours.
     *
     * @throws MigrationException if there are none that do
     */
    public MigrationPath pathFrom(SerializedSchema from) throws MigrationException {
        return switch (migrationsSince(from)) {
            case MigrationsSince.Incompatible(String why) ->
                throw new MigrationException("no migrations lead from that schema to ours: " + why);
            case MigrationsSince.Known(MigrationPath path) -> path;
        };
    }

    /**
     * What {@link #migrateStore} makes of one record of a store; empty when it drops it. Only for a path that can be gone
     * with single records ({@link MigrationPath#blockingUp}): a record is then the same whatever else is in the store.
     *
     * @throws MigrationException if it cannot be migrated, or is of a type that this schema does not know
     */
    public Optional<JsonObject> migrateRecord(String key, JsonObject record, MigrationPath path)
            throws MigrationException {
        if (path.isEmpty()) {
            return Optional.of(record);
        }
        JsonObject migrated = path.up(record);
        return new StoreMigration(this, random).keeps(key, migrated) ? Optional.of(migrated) : Optional.empty();
    }

    /** Whether stores may have sequences that are not ours: of types that are taken unseen. */
    public boolean acceptsUnknownSequences() {
        return acceptsUnknownSequences;
    }

    /**
     * The schema that a store of that schema has when it has been migrated: ours, and where unknown ones are accepted those of
     * its sequences that are not ours.
     */
    public SerializedSchema adopting(SerializedSchema theirs) {
        return acceptsUnknownSequences ? serialized.with(theirs.sequencesOtherThan(sequences.keySet())) : serialized;
    }

    /** Those sequences of a schema that are not ours, and at what version. */
    public JsonObject unknownSequences(SerializedSchema theirs) {
        return theirs.sequencesOtherThan(sequences.keySet());
    }

    /** Whether a stored schema names types, at a version, that are not ours: only then may there be records of them. */
    public boolean namesForeignTypes(SerializedSchema theirs) {
        return unknownSequences(theirs).keys().stream()
                .anyMatch(sequence -> sequence.startsWith(Projection.Kind.PREFIX));
    }

    /** Whether there can be a record of that type here, or one of that kind. */
    public boolean knows(JsonObject record) {
        String typeName = record.string("typeName");
        if (typeName == null || !types.containsKey(typeName)) {
            return false;
        }
        String type = record.string("type");
        return acceptsUnknownSequences
                || !Projection.Kind.WITH_SUBTYPES.contains(typeName)
                || (type != null && kinds.containsKey(Projection.Kind.PREFIX + typeName + '.' + type));
    }

    /** What it means when this schema takes the place of another one. */
    public SchemaChange since(StoreSchema before) {
        return SchemaChange.between(before, this);
    }

    /** The names of the record types that are stored. */
    List<String> documentTypes() {
        return types.values().stream()
                .filter(type -> type.scope() == RecordScope.DOCUMENT)
                .map(RecordType::typeName)
                .sorted()
                .toList();
    }

    CodeMigrator codeMigrator() {
        return codeMigrator;
    }

    Map<String, Integer> versions() {
        Map<String, Integer> versions = new LinkedHashMap<>();
        sequences.forEach((id, sequence) -> versions.put(id, sequence.version()));
        return versions;
    }

    private static Optional<String> onlyPresenceType(Builder builder) {
        List<String> presenceTypes = builder.types.values().stream()
                .filter(type -> type.scope() == RecordScope.PRESENCE)
                .map(RecordType::typeName)
                .toList();
        if (presenceTypes.size() > 1 && !presenceTypes.contains(TLDRAWS_PRESENCE)) {
            throw new IllegalArgumentException("more than one record type of presence scope: " + presenceTypes);
        }
        return presenceTypes.contains(TLDRAWS_PRESENCE)
                ? Optional.of(TLDRAWS_PRESENCE)
                : presenceTypes.stream().findFirst();
    }

    /** Collects record types and migration sequences. What does not fit together is refused, at the latest by {@link #build}. */
    public static final class Builder {
        private final Map<String, RecordType> types = new LinkedHashMap<>();
        private final Map<String, MigrationSequence> sequences = new LinkedHashMap<>();
        private final List<Widening> widenings = new ArrayList<>();
        private final List<BareIds> bareIds = new ArrayList<>();
        private RandomGenerator random = new SecureRandom();
        private CodeMigrator codeMigrator = CodeMigrator.NONE;
        private boolean acceptsUnknownSequences;

        private Builder() {}

        /** Adds a record type with its migration sequences. */
        public Builder recordType(RecordType type) {
            if (types.putIfAbsent(type.typeName(), type) != null) {
                throw new IllegalArgumentException("record type \"" + type.typeName() + "\" is declared twice");
            }
            type.sequences().forEach(this::migrations);
            return this;
        }

        /** Adds a migration sequence that belongs to no single record type. */
        public Builder migrations(MigrationSequence sequence) {
            if (sequences.putIfAbsent(sequence.id(), sequence) != null) {
                throw new IllegalArgumentException("migration sequence " + sequence.id() + " is declared twice");
            }
            return this;
        }

        /** Adds a value that clients of earlier releases do not know. */
        public Builder widening(Widening widening) {
            widenings.add(widening);
            return this;
        }

        /** Adds ids that clients of earlier releases write without their prefix. */
        public Builder bareIds(BareIds ids) {
            bareIds.add(ids);
            return this;
        }

        /** Where migrations take random ids and indices from; it must bear many threads. */
        public Builder random(RandomGenerator random) {
            this.random = random;
            return this;
        }

        /** Stores may have sequences that are not ours, each at one version. */
        public Builder acceptUnknownSequences() {
            this.acceptsUnknownSequences = true;
            return this;
        }

        /** Who runs the migrations that are code. */
        public Builder codeMigrator(CodeMigrator migrator) {
            this.codeMigrator = migrator;
            return this;
        }

        /**
         * The schema, if everything fits together.
         *
         * @throws IllegalArgumentException if dependencies are unknown or circular, or there are two presence types
         */
        public StoreSchema build() {
            return new StoreSchema(this);
        }
    }
}
