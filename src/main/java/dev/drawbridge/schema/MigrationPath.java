package dev.drawbridge.schema;

import dev.drawbridge.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The migrations that lead from the records of another schema to ours, in the order in which they run.
 *
 * <p>Migrating single records is possible only when every migration allows it, whether or not it concerns the record at
 * hand (§4): ask {@link #blockingUp} and {@link #blockingDown} first.
 */
public final class MigrationPath implements RecordMigrations {
    private final List<Migration> migrations;
    private final RandomGenerator random;

    MigrationPath(List<Migration> migrations, RandomGenerator random) {
        this.migrations = List.copyOf(migrations);
        this.random = random;
    }

    public List<Migration> migrations() {
        return migrations;
    }

    /** This path without the migrations of some sequences. */
    MigrationPath without(Set<String> sequences) {
        return sequences.isEmpty()
                ? this
                : new MigrationPath(
                        migrations.stream()
                                .filter(migration -> !sequences.contains(sequenceOf(migration)))
                                .toList(),
                        random);
    }

    private static String sequenceOf(Migration migration) {
        return migration.id().substring(0, migration.id().indexOf('/'));
    }

    @Override
    public boolean isEmpty() {
        return migrations.isEmpty();
    }

    @Override
    public int size() {
        return migrations.size();
    }

    /** The first migration that cannot be run on a single record. */
    public Optional<Migration> blockingUp() {
        return migrations.stream()
                .filter(migration -> !(migration instanceof Migration.OnRecord))
                .findFirst();
    }

    /** The first migration that cannot be undone on a single record. */
    public Optional<Migration> blockingDown() {
        return migrations.stream()
                .filter(migration -> !(migration instanceof Migration.OnRecord onRecord && onRecord.down() != null))
                .findFirst();
    }

    @Override
    public JsonObject up(JsonObject record) throws MigrationException {
        JsonObject migrated = record;
        for (Migration migration : migrations) {
            migrated = onRecord(migration).migrateUp(migrated, random);
        }
        return migrated;
    }

    @Override
    public JsonObject down(JsonObject record) throws MigrationException {
        JsonObject migrated = record;
        for (Migration migration : migrations.reversed()) {
            migrated = onRecord(migration).migrateDown(migrated, random);
        }
        return migrated;
    }

    /** Paths of the same migrations are equal. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MigrationPath path && migrations.equals(path.migrations);
    }

    @Override
    public int hashCode() {
        return migrations.hashCode();
    }

    private static Migration.OnRecord onRecord(Migration migration) throws MigrationException {
        return switch (migration) {
            case Migration.OnRecord onRecord -> onRecord;
            case Migration.OnStorage onStorage ->
                throw new MigrationException(onStorage.title() + " works on a whole store, not on single records");
            case Migration.InCode inCode ->
                throw new MigrationException(inCode.title() + " is code, which is run on whole stores only");
        };
    }
}
