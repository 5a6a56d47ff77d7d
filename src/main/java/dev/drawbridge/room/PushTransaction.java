package dev.drawbridge.room;

import dev.drawbridge.diff.MalformedDiffException;
import dev.drawbridge.diff.NetworkDiff;
import dev.drawbridge.diff.ObjectDiff;
import dev.drawbridge.diff.RecordDiffer;
import dev.drawbridge.diff.RecordOp;
import dev.drawbridge.diff.ValueOp;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.json.Quoted;
import dev.drawbridge.protocol.DataEvent;
import dev.drawbridge.protocol.Limit;
import dev.drawbridge.protocol.Limits;
import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.schema.MigrationException;
import dev.drawbridge.schema.RecordScope;
import dev.drawbridge.schema.StoreSchema;
import dev.drawbridge.schema.ValidationException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One push, worked through by the rules of §12. It collects what the push comes to and changes nothing: when it throws,
 * nothing has happened.
 */
final class PushTransaction {
    private final StoreSchema schema;
    private final Session session;
    private final Dialect dialect;
    private final RoomDocument document;
    private final long now;
    private final DocumentTransaction documents;
    private final Presences presences;
    private final Limits.OfSession limits;
    private final WriteGate gate;
    private final Decisions decisions;
    private Optional<PresenceChange> presenceChange = Optional.empty();

    /** What became of the presence, and the record as it is sent to those who join. */
    record PresenceChange(RecordChange change, byte[] json) {}

    PushTransaction(
            StoreSchema schema,
            Session session,
            RoomDocument document,
            Presences presences,
            RoomSettings settings,
            Decisions decisions,
            long now) {
        this.schema = schema;
        this.session = session;
        this.dialect = session.dialect();
        this.document = document;
        this.now = now;
        this.documents = new DocumentTransaction(document, dialect.differ());
        this.presences = presences;
        this.limits = settings.limits().session();
        this.gate = new WriteGate(schema.objectTypes(), settings.authorizers(), session.author(), decisions);
        this.decisions = decisions;
    }

    Collection<RecordChange> documentChanges() {
        return documents.changes();
    }

    /** Forgets the document part: the push comes to its presence part only. */
    void discardDocuments() {
        documents.clear();
    }

    Optional<PresenceChange> presenceChange() {
        return presenceChange;
    }

    /** The verdict, for a pusher that sent this diff (§12.4). */
    DataEvent.Action action(@Nullable JsonValue pushed) throws MigrationException {
        Collection<RecordChange> seen = dialect.seen(documents.changes());
        NetworkDiff effect = RecordChange.diffOf(seen);
        if (effect.isEmpty()) {
            return pushed == null ? new DataEvent.Action.Commit() : new DataEvent.Action.Discard();
        }
        if (effect.isWhatWasPushed(pushed)) {
            return new DataEvent.Action.Commit();
        }
        return new DataEvent.Action.Rebase(dialect.diffOf(seen, dialect.differ()));
    }

    // ---- presence

    /** A session writes its own presence and no other, whatever the message says (§12.1, §16). */
    void pushPresence(JsonValue presence) throws RefusalException {
        if (presence.isFalsy()) {
            return;
        }
        if (!(presence instanceof JsonArray op)) {
            throw refused("presence must be an operation");
        }
        Optional<String> type = schema.presenceType();
        if (type.isEmpty() || op.size() == 0 || !(op.get(0) instanceof JsonString(String kind))) {
            return;
        }
        JsonValue argument = op.size() > 1 ? op.get(1) : JsonObject.EMPTY;
        switch (kind) {
            case "put" -> putPresence(argument, type.get());
            case "patch" -> patchPresence(argument, type.get());
            default -> {
                // of other operations there is nothing to do (§12.1)
            }
        }
    }

    private void putPresence(JsonValue argument, String type) throws RefusalException {
        JsonObject record = (argument instanceof JsonObject object ? object : JsonObject.EMPTY)
                .toBuilder()
                        .put("id", session.presenceId())
                        .put("typeName", type)
                        .build();
        storePresence(up(record));
    }

    private void patchPresence(JsonValue argument, String type) throws RefusalException {
        JsonObject before = presences.get(session.presenceId());
        if (before == null) {
            return;
        }
        ObjectDiff patch = readObjectDiff(argument instanceof JsonObject ? argument : JsonObject.EMPTY)
                .with("id", new ValueOp.Put(new JsonString(session.presenceId())))
                .with("typeName", new ValueOp.Put(new JsonString(type)));
        storePresence(patched(before, patch));
    }

    private void storePresence(JsonObject record) throws RefusalException {
        JsonObject before = presences.get(session.presenceId());
        if (before == null) {
            JsonObject created = valid(null, record);
            keepPresence(new RecordChange.Created(session.presenceId(), created), created);
            return;
        }
        if (before.equals(record)) {
            return;
        }
        JsonObject after = valid(before, record);
        ObjectDiff effect = dialect.differ().diff(before, after);
        if (!effect.isEmpty()) {
            JsonObject reached = RecordDiffer.reached(before, after, effect);
            keepPresence(new RecordChange.Updated(session.presenceId(), before, reached, effect), reached);
        }
    }

    /** Presence is not in the document, and no limit of the document counts it: it has its own (§16, §21.6). */
    private void keepPresence(RecordChange change, JsonObject record) throws RefusalException {
        byte[] json = Json.encode(record);
        if (json.length > limits.presenceBytes()) {
            throw new RefusalException(
                    RefusalReason.INVALID_RECORD,
                    Limit.PRESENCE_BYTES,
                    "a presence of " + json.length + " bytes; it may have " + limits.presenceBytes());
        }
        presenceChange = Optional.of(new PresenceChange(change, json));
    }

    // ---- documents

    void pushDocuments(JsonValue diff) throws RefusalException {
        if (!gate.isOpen() || !(diff instanceof JsonObject ops)) {
            return; // discarded; before any check: junk of a reader is no reason to refuse it (§12.2)
        }
        for (Map.Entry<String, JsonValue> op : ops.entries()) {
            pushDocument(op.getKey(), op.getValue());
        }
        dialect.view().ifPresent(view -> new Unseen(view, document, documents).followDeleted());
    }

    private void pushDocument(String id, JsonValue json) throws RefusalException {
        Optional<RecordOp> op;
        try {
            op = RecordOp.read(json);
        } catch (MalformedDiffException e) {
            throw refused(Quoted.bare(id) + ": " + e.getMessage());
        }
        if (op.isEmpty() || dialect.view().map(view -> view.isHidden(id)).orElse(false)) {
            return; // what it does not know it cannot mean (§21.22)
        }
        switch (op.get()) {
            case RecordOp.Put(JsonObject record) -> put(id, record);
            case RecordOp.Patch(ObjectDiff diff) -> patch(id, diff);
            case RecordOp.Remove() -> remove(id);
        }
    }

    private void checkRewriting(String id) throws RefusalException {
        if (decisions.areFresh() && !session.mayRewrite(document.length(id), now)) {
            throw new RefusalException(
                    RefusalReason.RATE_LIMITED, Limit.BYTE_RATE, id + ": it changes large records too often");
        }
    }

    private void patch(String id, ObjectDiff diff) throws RefusalException {
        JsonObject before = documents.get(id);
        if (before != null && gate.mayWrite(before.string("typeName"))) {
            checkRewriting(id);
            store(id, before, patched(before, diff));
        }
    }

    private void remove(String id) {
        if (gate.isWide()) {
            documents.remove(id);
            return;
        }
        JsonObject before = documents.get(id);
        if (before != null && gate.mayWrite(before.string("typeName")) && gate.mayDelete(id, before)) {
            documents.remove(id);
        }
    }

    private void put(String id, JsonObject pushed) throws RefusalException {
        String typeName = pushed.string("typeName");
        if (!gate.mayWrite(typeName)) {
            return; // whatever else there is to say of it (§12.2)
        }
        checkRewriting(id);
        if (typeName == null || schema.scopeOf(typeName).orElse(null) != RecordScope.DOCUMENT) {
            throw new RefusalException(
                    RefusalReason.INVALID_RECORD,
                    Quoted.bare(id) + ": no document type: " + Quoted.of(pushed.get("typeName"))
                            + "; those that this server knows: docs/types.md");
        }
        if (dialect.mayNotBring(pushed)) {
            throw new RefusalException(
                    RefusalReason.INVALID_RECORD,
                    Quoted.bare(id) + ": of a type that its own schema does not name: "
                            + Quoted.of(pushed.get("type") == null ? pushed.get("typeName") : pushed.get("type")));
        }
        JsonObject before = documents.get(id);
        if (before != null && !typeName.equals(before.string("typeName"))) {
            return; // a record keeps its type (§12.2)
        }
        JsonObject after = up(pushed);
        store(id, before, before == null ? after : dialect.kept(before, after));
    }

    private void store(String id, @Nullable JsonObject before, JsonObject record) throws RefusalException {
        if (record.equals(before)) {
            return; // what has not changed is not validated either (§12.3)
        }
        Optional<JsonObject> authorized = gate.authorized(id, before, record);
        if (authorized.isEmpty()) {
            return;
        }
        JsonObject after = valid(documents.getValidated(id), authorized.get());
        if (!id.equals(after.string("id"))) {
            throw refused("the key " + Quoted.of(id) + " is not the id of its record");
        }
        documents.put(id, after);
    }

    // ---- both

    /** The record with the patch applied, in our form; the patch is in the client's form. */
    private JsonObject patched(JsonObject before, ObjectDiff patch) throws RefusalException {
        return dialect.speaksOurSchema()
                ? patch.applyTo(before)
                : dialect.kept(before, up(patch.applyTo(down(before))));
    }

    private JsonObject valid(@Nullable JsonObject validated, JsonObject record) throws RefusalException {
        try {
            schema.validate(validated, record);
        } catch (ValidationException e) {
            throw new RefusalException(
                    RefusalReason.INVALID_RECORD, Quoted.of(record.get("id")) + ": " + e.getMessage());
        }
        return (JsonObject) record.finite();
    }

    private JsonObject up(JsonObject record) throws RefusalException {
        try {
            return dialect.up(record);
        } catch (MigrationException e) {
            throw new RefusalException(RefusalReason.CLIENT_TOO_OLD, e.getMessage());
        }
    }

    private JsonObject down(JsonObject record) throws RefusalException {
        try {
            return dialect.down(record);
        } catch (MigrationException e) {
            throw new RefusalException(RefusalReason.CLIENT_TOO_OLD, e.getMessage());
        }
    }

    private static ObjectDiff readObjectDiff(JsonValue json) throws RefusalException {
        try {
            return ObjectDiff.read(json);
        } catch (MalformedDiffException e) {
            throw refused("presence: " + e.getMessage());
        }
    }

    private static RefusalException refused(String why) {
        return new RefusalException(RefusalReason.UNKNOWN_ERROR, why);
    }
}
