package dev.drawbridge.room;

import dev.drawbridge.diff.ObjectDiff;
import dev.drawbridge.diff.RecordDiffer;
import dev.drawbridge.json.JsonObject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes of many records that become real together or not at all. It looks like the document with the changes made;
 * the document itself is untouched until the room applies them, so that throwing it away is the rollback.
 */
final class DocumentTransaction {
    private final RoomDocument document;
    private final RecordDiffer differ;
    private final Map<String, RecordChange> changes = new LinkedHashMap<>();

    DocumentTransaction(RoomDocument document, RecordDiffer differ) {
        this.document = document;
        this.differ = differ;
    }

    @Nullable
    JsonObject get(String id) {
        return switch (changes.get(id)) {
            case RecordChange.Created created -> created.record();
            case RecordChange.Updated updated -> updated.after();
            case RecordChange.Deleted ignored -> null;
            case null -> document.get(id);
        };
    }

    /** The record if it is known to be valid. What was put here has been validated before. */
    @Nullable
    JsonObject getValidated(String id) {
        return touches(id) ? get(id) : document.getValidated(id);
    }

    boolean touches(String id) {
        return changes.containsKey(id);
    }

    /** Puts a record. A put that makes it what it is in the document cancels earlier changes of it. */
    void put(String id, JsonObject record) {
        JsonObject before = document.get(id);
        if (before == null) {
            changes.put(id, new RecordChange.Created(id, record));
            return;
        }
        ObjectDiff effect = differ.diff(before, record);
        if (effect.isEmpty()) {
            changes.remove(id);
        } else {
            // What is kept is what others are told of, and no more: they would see another record than who comes later.
            JsonObject after = RecordDiffer.reached(before, record, effect);
            changes.put(id, new RecordChange.Updated(id, before, after, effect));
        }
    }

    void remove(String id) {
        if (document.has(id)) {
            changes.put(id, new RecordChange.Deleted(id));
        } else {
            changes.remove(id);
        }
    }

    void clear() {
        changes.clear();
    }

    Collection<RecordChange> changes() {
        return changes.values();
    }
}
