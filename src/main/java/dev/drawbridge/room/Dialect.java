package dev.drawbridge.room;

import dev.drawbridge.diff.NetworkDiff;
import dev.drawbridge.diff.ObjectDiff;
import dev.drawbridge.diff.RecordDiffer;
import dev.drawbridge.diff.RecordOp;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.schema.MigrationException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client understands: a schema and, from protocol 8 on, string appends. Clients of one dialect receive the same
 * bytes. There is one object for each dialect that is spoken in a room, so that it is known by its identity.
 */
final class Dialect {
    private final @Nullable Translation translation;
    private final boolean stringAppends;
    private final @Nullable JsonObject schema;

    /**
     * @param translation to the client's schema; {@code null} when that is ours
     * @param schema of a client that speaks it; {@code null} when that is ours
     */
    Dialect(@Nullable Translation translation, boolean stringAppends, @Nullable JsonObject schema) {
        this.translation = translation;
        this.stringAppends = stringAppends;
        this.schema = schema;
    }

    /** The schema of a client that speaks it; empty when that is ours. */
    Optional<JsonObject> schema() {
        return Optional.ofNullable(schema);
    }

    Optional<Translation> translation() {
        return Optional.ofNullable(translation);
    }

    int migrationsBehind() {
        return translation == null ? 0 : translation.migrations().size();
    }

    RecordDiffer differ() {
        return RecordDiffer.forStringAppends(stringAppends);
    }

    /** Whether records need no migration on their way to such a client. */
    boolean speaksOurSchema() {
        return translation == null;
    }

    /** A record of such a client, in our form. */
    JsonObject up(JsonObject theirs) throws MigrationException {
        return translation == null ? theirs : translation.migrations().up(theirs);
    }

    /** A record of ours, in the form of such a client. */
    JsonObject down(JsonObject ours) throws MigrationException {
        return translation == null ? ours : translation.down(ours);
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
                case RecordChange.Created created -> ops.put(change.id(), new RecordOp.Put(down(created.record())));
                case RecordChange.Updated updated -> {
                    ObjectDiff diff = differ().diff(down(updated.before()), down(updated.after()));
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
