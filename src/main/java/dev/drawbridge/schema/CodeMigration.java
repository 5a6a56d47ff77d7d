package dev.drawbridge.schema;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Takes the records of a store through a migration that is code, in batches: only those of one are trees at a time. */
final class CodeMigration {
    private static final int MOST_RECORDS = 500;
    private static final int MOST_BYTES = 1 << 20;

    private final Migration.InCode migration;
    private final CodeMigrator migrator;
    private final List<Map.Entry<String, PackedRecord>> batch = new ArrayList<>();
    private final List<JsonObject> records = new ArrayList<>();
    private int bytes;

    CodeMigration(Migration.InCode migration, CodeMigrator migrator) {
        this.migration = migration;
        this.migrator = migrator;
    }

    void migrate(StoredRecords stored) throws MigrationException {
        for (Map.Entry<String, PackedRecord> entry : stored.asMap().entrySet()) {
            JsonObject record = entry.getValue().unpack();
            if (migration.filter().test(record)) {
                batch.add(entry);
                records.add(record);
                bytes += entry.getValue().json().length;
                if (batch.size() == MOST_RECORDS || bytes >= MOST_BYTES) {
                    flush();
                }
            }
        }
        flush();
    }

    private void flush() throws MigrationException {
        if (batch.isEmpty()) {
            return;
        }
        List<JsonObject> migrated = migrator.migrate(migration, List.copyOf(records));
        if (migrated.size() != records.size()) {
            throw new MigrationException(migration.title() + ": " + records.size()
                    + " records were given to its code, and " + migrated.size() + " came back");
        }
        for (int i = 0; i < migrated.size(); i++) {
            JsonObject before = records.get(i);
            JsonObject after = migrated.get(i);
            for (String name : List.of("id", "typeName")) {
                if (!Objects.equals(before.get(name), after.get(name))) {
                    throw new MigrationException(migration.title() + ": the " + name + " of "
                            + Quoted.of(before.get("id")) + " came back as " + Quoted.of(after.get(name)));
                }
            }
            if (!after.equals(before)) {
                batch.get(i).setValue(PackedRecord.of(after));
            }
        }
        batch.clear();
        records.clear();
        bytes = 0;
    }
}
