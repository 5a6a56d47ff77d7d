package dev.drawbridge.room;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.schema.MigratedStore;
import dev.drawbridge.schema.MigrationException;
import dev.drawbridge.schema.MigrationPath;
import dev.drawbridge.schema.SerializedSchema;
import dev.drawbridge.schema.StoreSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings a snapshot to the version of our schema and accounts for each effect (§9): what was changed or added has changed
 * at the next clock, what was removed was deleted at it, so that clients that were away learn of it.
 */
final class SnapshotMigration {
    private final StoreSchema schema;

    SnapshotMigration(StoreSchema schema) {
        this.schema = schema;
    }

    RoomSnapshot migrated(RoomSnapshot snapshot) throws MigrationException {
        SerializedSchema ours = schema.adopting(snapshot.schema());
        if (snapshot.schema().equals(ours)) {
            return snapshot;
        }
        Map<String, StoredRecord> stored =
                LinkedHashMap.newLinkedHashMap(snapshot.documents().size());
        snapshot.documents().forEach(record -> stored.put(record.id(), record));
        MigratedStore migrated = schema.migrateStore(stored, snapshot.schema());
        if (migrated.isUnchanged()) {
            return new RoomSnapshot(
                    snapshot.documents(),
                    snapshot.tombstones(),
                    snapshot.documentClock(),
                    snapshot.tombstoneHistoryStartsAtClock(),
                    ours);
        }
        long clock = snapshot.documentClock() + 1;
        Map<String, Long> tombstones = new LinkedHashMap<>(snapshot.tombstones());
        for (String id : migrated.removed()) {
            stored.remove(id);
            tombstones.put(id, clock);
        }
        migrated.put().forEach((id, record) -> {
            stored.put(id, new StoredRecord(id, record.json(), clock));
            tombstones.remove(id);
        });
        return new RoomSnapshot(
                new ArrayList<>(stored.values()), tombstones, clock, snapshot.tombstoneHistoryStartsAtClock(), ours);
    }

    /** Whether one record can be taken along the path alone. */
    static boolean isOneByOne(MigrationPath path) {
        return path.blockingUp().isEmpty();
    }

    /** One record of a store, brought along a path that can be gone alone; empty when it is dropped. */
    Optional<StoredRecord> migrated(StoredRecord record, MigrationPath path, long clock) throws MigrationException {
        JsonObject before = record.unpack();
        return schema.migrateRecord(record.id(), before, path)
                .map(after -> after.equals(before) ? record : new StoredRecord(record.id(), Json.encode(after), clock));
    }

    /** What leads a store from one snapshot to another that was made of it. */
    static DocumentChange change(RoomSnapshot from, RoomSnapshot to) {
        List<StoredRecord> puts = new ArrayList<>();
        Map<String, StoredRecord> before = new LinkedHashMap<>();
        from.documents().forEach(record -> before.put(record.id(), record));
        for (StoredRecord record : to.documents()) {
            if (before.remove(record.id()) != record) {
                puts.add(record);
            }
        }
        Map<String, Long> tombstones = new LinkedHashMap<>();
        to.tombstones().forEach((id, clock) -> {
            if (!clock.equals(from.tombstones().get(id))) {
                tombstones.put(id, clock);
            }
        });
        Set<String> pruned = new HashSet<>();
        for (String id : from.tombstones().keySet()) {
            if (!to.tombstones().containsKey(id)) {
                pruned.add(id);
            }
        }
        return new DocumentChange(
                from.documentClock(),
                to.documentClock(),
                to.tombstoneHistoryStartsAtClock(),
                to.schema(),
                puts,
                tombstones,
                pruned,
                to.size());
    }
}
