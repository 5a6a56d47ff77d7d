package dev.drawbridge.room;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.Quoted;
import dev.drawbridge.schema.RecordScope;
import dev.drawbridge.schema.StoreSchema;
import dev.drawbridge.schema.ValidationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The host's view of a room's document while it changes it. It shows its own changes; the room does not, until all of
 * them land as one change. Records are immutable values. The view is dead when the updater has returned: every method
 * then throws {@link IllegalStateException}.
 */
public final class RoomUpdate {
    private final RoomDocument document;
    private final DocumentTransaction transaction;
    private final StoreSchema schema;
    private boolean open = true;

    /** Makes changes. When it throws, none of them lands. */
    @FunctionalInterface
    public interface Updater {
        void update(RoomUpdate room) throws ValidationException;
    }

    RoomUpdate(RoomDocument document, DocumentTransaction transaction, StoreSchema schema) {
        this.document = document;
        this.transaction = transaction;
        this.schema = schema;
    }

    public Optional<JsonObject> get(String id) {
        checkOpen();
        return Optional.ofNullable(transaction.get(id));
    }

    public List<JsonObject> getAll() {
        checkOpen();
        List<JsonObject> records = new ArrayList<>();
        for (StoredRecord stored : document.records()) {
            if (!transaction.touches(stored.id())) {
                records.add(ParsedRecords.parse(stored));
            }
        }
        for (RecordChange change : transaction.changes()) {
            JsonObject record = transaction.get(change.id());
            if (record != null) {
                records.add(record);
            }
        }
        return records;
    }

    /**
     * Creates or replaces a record. One that equals what the room holds is no change.
     *
     * @throws ValidationException when a push with this record would be refused
     */
    public void put(JsonObject record) throws ValidationException {
        checkOpen();
        String id = record.string("id");
        String typeName = record.string("typeName");
        if (id == null) {
            throw new ValidationException("record.id: expected a string, got " + Quoted.of(record.get("id")));
        }
        if (typeName == null || schema.scopeOf(typeName).orElse(null) != RecordScope.DOCUMENT) {
            throw new ValidationException(
                    "record.typeName: expected a type of document scope, got " + Quoted.of(record.get("typeName")));
        }
        JsonObject before = transaction.get(id);
        if (before != null && !new JsonString(typeName).equals(before.get("typeName"))) {
            throw new ValidationException("record.typeName: expected " + Quoted.of(before.get("typeName"))
                    + " as before, got " + Quoted.of(record.get("typeName")));
        }
        if (!record.equals(before)) {
            schema.validate(transaction.getValidated(id), record);
            transaction.put(id, (JsonObject) record.finite());
        }
    }

    /** Deletes a record; nothing happens when there is none. */
    public void delete(String id) {
        checkOpen();
        transaction.remove(id);
    }

    /** What all this would come to, had it to land now. */
    public Outcome outcome() {
        int created = 0;
        int updated = 0;
        int deleted = 0;
        for (RecordChange change : transaction.changes()) {
            switch (change) {
                case RecordChange.Created ignored -> created++;
                case RecordChange.Updated ignored -> updated++;
                case RecordChange.Deleted ignored -> deleted++;
            }
        }
        return new Outcome(created, updated, deleted);
    }

    /** How many records a change touches. */
    public record Outcome(int created, int updated, int deleted) {}

    void close() {
        open = false;
    }

    private void checkOpen() {
        if (!open) {
            throw new IllegalStateException("this view of the room is closed: it lives as long as its updater runs");
        }
    }
}
