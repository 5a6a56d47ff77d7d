package dev.drawbridge.schema;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.Quoted;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Runs migrations on all records of a store (§5). It works on a copy: when it fails, nothing has happened. */
record StoreMigration(StoreSchema schema, RandomGenerator random) {

    MigratedStore run(MigrationPath path, Map<String, JsonObject> records) throws MigrationException {
        StoredRecords stored = new StoredRecords(records);
        for (Migration migration : path.migrations()) {
            run(migration, stored);
        }
        dropLocalRecords(stored);
        return MigratedStore.of(records, stored.asMap());
    }

    private void run(Migration migration, StoredRecords stored) throws MigrationException {
        switch (migration) {
            case Migration.OnStorage onStorage -> onStorage.migrateUp(stored, random);
            case Migration.OnRecord onRecord -> {
                for (Map.Entry<String, JsonObject> entry : stored.asMap().entrySet()) {
                    entry.setValue(onRecord.migrateUp(entry.getValue(), random));
                }
            }
        }
    }

    private void dropLocalRecords(StoredRecords stored) throws MigrationException {
        for (Map.Entry<String, JsonObject> entry : stored.entries()) {
            String typeName = entry.getValue().string("typeName");
            RecordScope scope =
                    typeName == null ? null : schema.scopeOf(typeName).orElse(null);
            if (scope == null) {
                throw new MigrationException(
                        Quoted.bare(entry.getKey()) + " is of a record type that is not known here: "
                                + Quoted.of(entry.getValue().get("typeName")));
            }
            if (scope != RecordScope.DOCUMENT) {
                stored.delete(entry.getKey());
            }
        }
    }
}
