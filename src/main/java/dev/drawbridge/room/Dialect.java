package dev.drawbridge.room;

import dev.drawbridge.diff.NetworkDiff;
import dev.drawbridge.diff.ObjectDiff;
import dev.drawbridge.diff.RecordDiffer;
import dev.drawbridge.diff.RecordOp;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.schema.MigrationException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
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

    /**
     * A record as such a client has left it, with what it was shown otherwise than it is, and has left as it was shown; both
     * in our form.
     */
    JsonObject kept(JsonObject before, JsonObject after) {
        return translation == null ? after : translation.migrations().kept(before, after);
    }

    /** Which records of the document such a client is told of; empty when it is told of all. */
    Optional<View> view() {
        return translation == null ? Optional.empty() : translation.view();
    }

    /** Whether such a client is not told of a record for what it is, wherever it hangs. */
    boolean hides(JsonObject record) {
        String typeName = record.string("typeName");
        return translation != null
                && typeName != null
                && translation.migrations().hides(typeName, record.string("type"));
    }

    /** Whether such a client may not bring a record for what it is: it would not know its own record again. */
    boolean mayNotBring(JsonObject record) {
        String typeName = record.string("typeName");
        return hides(record)
                && translation != null
                && typeName != null
                && !translation.migrations().takesUnseen(typeName, record.string("type"));
    }

    /** Whether such a client, at that clock, can be told what has happened since as far as that depends on what it sees. */
    boolean remembers(long sinceClock) {
        return translation == null || translation.remembers(sinceClock);
    }

    /** What changes look like to such a client, in our form: records come and go as they begin to be seen, or end. */
    Collection<RecordChange> seen(Collection<RecordChange> changes) {
        return view().map(view -> seen(changes, view)).orElse(changes);
    }

    private Collection<RecordChange> seen(Collection<RecordChange> changes, View view) {
        List<RecordChange> seen = new ArrayList<>(changes.size());
        for (RecordChange change : changes) {
            boolean was = !view.wasHidden(change.id());
            boolean is = !view.isHidden(change.id());
            switch (change) {
                case RecordChange.Created(String ignored, JsonObject record) -> {
                    if (is && !hides(record)) {
                        seen.add(change);
                    }
                }
                case RecordChange.Updated updated -> {
                    if (hides(updated.after()) && hides(updated.before())) {
                        continue; // a presence may be, too, of which the view does not know
                    }
                    if (was && is) {
                        seen.add(updated);
                    } else if (is) {
                        seen.add(new RecordChange.Created(updated.id(), updated.after()));
                    } else if (was) {
                        seen.add(new RecordChange.Deleted(updated.id()));
                    }
                }
                case RecordChange.Deleted deleted -> {
                    if (was) {
                        seen.add(deleted);
                    }
                }
            }
        }
        if (view.isLast(changes)) {
            view.disappeared().forEach(id -> seen.add(new RecordChange.Deleted(id)));
            view.appeared()
                    .forEach(id ->
                            seen.add(new RecordChange.Created(id, view.outline().record(id))));
        }
        return seen;
    }

    /** A record of ours, in the form of such a client. */
    JsonObject down(JsonObject ours) throws MigrationException {
        return translation == null ? ours : translation.down(ours);
    }

    /**
     * The diff that tells such a client of changes as it sees them (§13, §21.2).
     *
     * @param changes what {@link #seen} has made of them
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
                    ObjectDiff diff = diffOf(updated, computedWith);
                    if (!diff.isEmpty()) {
                        ops.put(change.id(), new RecordOp.Patch(diff));
                    }
                }
                case RecordChange.Deleted ignored -> ops.put(change.id(), RecordOp.Remove.INSTANCE);
            }
        }
        return new NetworkDiff(ops);
    }

    private ObjectDiff diffOf(RecordChange.Updated updated, RecordDiffer computedWith) throws MigrationException {
        JsonObject before = down(updated.before());
        JsonObject after = down(updated.after());
        boolean isOurs = before == updated.before() && after == updated.after();
        return isOurs && differ() == computedWith ? updated.effect() : differ().diff(before, after);
    }
}
