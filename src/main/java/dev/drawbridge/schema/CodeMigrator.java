package dev.drawbridge.schema;

import dev.drawbridge.json.JsonObject;
import java.util.List;

/**
 * Runs the migrations that are code of whoever made the types. It is asked when a whole store is migrated, and never for a
 * message of a client.
 */
@FunctionalInterface
public interface CodeMigrator {
    /** There is nobody who could: stores with records that need it stay as they are. */
    CodeMigrator NONE = (migration, records) -> {
        throw new MigrationException(migration.title() + " is code, and this server knows nobody who runs it for "
                + records.size() + " records or more (drawbridge.schema.migrator.url)");
    };

    /**
     * Brings records from the version before a migration to its version. May take long.
     *
     * @param records those that the migration concerns, as many as fit into a batch
     * @return the same records in the same order, each with its id
     * @throws MigrationException if that cannot be done now; nothing has happened then
     */
    List<JsonObject> migrate(Migration.InCode migration, List<JsonObject> records) throws MigrationException;
}
