package dev.drawbridge.schema;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Runs migrations on all records of a store (§5). It works on a copy: when it fails, nothing has happened. Migrations of
 * single records that follow each other run record by record, so that each is unpacked and packed once for all of them.
 */
record StoreMigration(StoreSchema schema, RandomGenerator random) {

    MigratedStore run(MigrationPath path, Map<String, ? extends PackedRecord> records) throws MigrationException {
        StoredRecords stored = new StoredRecords(records);
        List<Migration.OnRecord> ofRecords = new ArrayList<>();
        for (Migration migration : path.migrations()) {
            switch (migration) {
                case Migration.OnRecord onRecord -> ofRecords.add(onRecord);
                case Migration.OnStorage onStorage -> {
                    migrateEach(ofRecords, stored);
                    ofRecords.clear();
                    onStorage.migrateUp(stored, random);
                }
                case Migration.InCode inCode -> {
                    migrateEach(ofRecords, stored);
                    ofRecords.clear();
                    new CodeMigration(inCode, schema.codeMigrator()).migrate(stored);
                }
            }
        }
        migrateEach(ofRecords, stored);
        dropLocalRecords(stored);
        return MigratedStore.of(records, stored.asMap());
    }

    private void migrateEach(List<Migration.OnRecord> migrations, StoredRecords stored) throws MigrationException {
        if (migrations.isEmpty()) {
            return;
        }
        for (Map.Entry<String, PackedRecord> entry : stored.asMap().entrySet()) {
            JsonObject before = entry.getValue().unpack();
            JsonObject after = before;
            for (Migration.OnRecord migration : migrations) {
                after = migration.migrateUp(after, random);
            }
            if (after != before) {
                entry.setValue(PackedRecord.of(after));
            }
        }
    }

    private void dropLocalRecords(StoredRecords stored) throws MigrationException {
        for (Map.Entry<String, JsonObject> entry : stored.entries()) {
            if (!keeps(entry.getKey(), entry.getValue())) {
                stored.delete(entry.getKey());
            }
        }
    }

    /** Whether a migrated record stays in the store: only those of document scope do. */
    boolean keeps(String key, JsonObject record) throws MigrationException {
        String typeName = record.string("typeName");
        RecordScope scope = typeName == null ? null : schema.scopeOf(typeName).orElse(null);
        if (scope == null) {
            throw new MigrationException(Quoted.bare(key) + " is of a record type that is not known here: "
                    + Quoted.of(record.get("typeName")));
        }
        return scope == RecordScope.DOCUMENT;
    }
}
