package dev.drawbridge.room;

import dev.drawbridge.diff.NetworkDiff;
import dev.drawbridge.diff.ObjectDiff;
import dev.drawbridge.diff.RecordDiffer;
import dev.drawbridge.diff.RecordOp;
import dev.drawbridge.schema.MigrationException;
import dev.drawbridge.schema.RecordMigrations;
import dev.drawbridge.schema.SerializedSchema;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a client understands: a schema and, from protocol 8 on, string appends. Clients of one dialect receive the same
 * bytes.
 */
record Dialect(SerializedSchema schema, RecordMigrations migrations, boolean stringAppends) {

    RecordDiffer differ() {
        return RecordDiffer.forStringAppends(stringAppends);
    }

    /** Whether records need no migration on their way to such a client. */
    boolean speaksOurSchema() {
        return migrations.isEmpty();
    }

    /**
     * The diff that tells such a client of changes (§13, §21.2).
     *
     * @param computedWith what the effects of the changes were computed with
     */
    NetworkDiff diffOf(Collection<RecordChange> changes, RecordDiffer computedWith) throws MigrationException {
        if (speaksOurSchema() && differ() == computedWith) {
            return RecordChange.diffOf(changes);
        }
        Map<String, RecordOp> ops = LinkedHashMap.newLinkedHashMap(changes.size());
        for (RecordChange change : changes) {
            switch (change) {
                case RecordChange.Created created ->
                    ops.put(change.id(), new RecordOp.Put(migrations.down(created.record())));
                case RecordChange.Updated updated -> {
                    ObjectDiff diff =
                            differ().diff(migrations.down(updated.before()), migrations.down(updated.after()));
                    if (!diff.isEmpty()) {
                        ops.put(change.id(), new RecordOp.Patch(diff));
                    }
                }
                case RecordChange.Deleted ignored -> ops.put(change.id(), RecordOp.Remove.INSTANCE);
            }
        }
        return new NetworkDiff(ops);
    }
}
