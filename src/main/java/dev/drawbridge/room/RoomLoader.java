package dev.drawbridge.room;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.Quoted;
import dev.drawbridge.schema.MigrationException;
import dev.drawbridge.schema.RecordScope;
import dev.drawbridge.schema.StoreSchema;
import dev.drawbridge.schema.ValidationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes rooms of what is stored of them, and new ones where nothing is. */
public final class RoomLoader {
    /** No room sees that many changes between two openings. */
    private static final long CLOCK_JUMP = 1L << 20;

    private final StoreSchema schema;
    private final List<JsonObject> initialRecords;
    private final RoomSettings settings;
    private final Supplier<String> presenceIds;

    /** A room, and what has to be stored before anybody may see it. */
    public record Loaded(Room room, Optional<DocumentChange> firstChange) {}

    /**
     * Makes a loader for rooms of one schema.
     *
     * @param initialRecords the content of a new room
     * @param presenceIds makes a new random text at each call
     */
    public RoomLoader(
            StoreSchema schema, List<JsonObject> initialRecords, RoomSettings settings, Supplier<String> presenceIds) {
        this.schema = schema;
        this.initialRecords = List.copyOf(initialRecords);
        this.settings = settings;
        this.presenceIds = presenceIds;
    }

    /**
     * Makes a room.
     *
     * @param stored what the store has of the room; empty for a new one
     * @param mayHaveLostCommits whether clients may have seen more than that. Its clock then jumps so far ahead that none
     *     of them can be there, and its history starts anew: everybody is wiped and refilled, and pushes again what was
     *     not acknowledged.
     * @throws MigrationException when what is stored cannot be brought to the version of the schema
     */
    public Loaded load(Optional<RoomSnapshot> stored, boolean mayHaveLostCommits) throws MigrationException {
        if (stored.isEmpty()) {
            RoomSnapshot initial = RoomSnapshot.initial(initialRecords, schema.serialize());
            return new Loaded(room(initial), Optional.of(initial.asFirstChange()));
        }
        RoomSnapshot snapshot = new SnapshotMigration(schema).migrated(stored.get());
        if (mayHaveLostCommits) {
            snapshot = snapshot.withNewHistory(snapshot.documentClock() + CLOCK_JUMP);
        }
        return new Loaded(
                room(snapshot),
                snapshot == stored.get()
                        ? Optional.empty()
                        : Optional.of(SnapshotMigration.change(stored.get(), snapshot)));
    }

    /**
     * A snapshot from outside, brought to our version. What never leaves a client is left out of it.
     *
     * @throws MigrationException when it cannot be brought to our version
     * @throws ValidationException when a record is invalid, or of a type that we do not know; the message names it
     */
    public RoomSnapshot admit(RoomSnapshot snapshot) throws MigrationException, ValidationException {
        RoomSnapshot migrated = new SnapshotMigration(schema).migrated(snapshot);
        List<StoredRecord> documents = new ArrayList<>(migrated.documents().size());
        for (StoredRecord stored : migrated.documents()) {
            JsonObject record = ParsedRecords.parse(stored);
            Optional<RecordScope> scope =
                    Optional.ofNullable(record.string("typeName")).flatMap(schema::scopeOf);
            if (scope.isEmpty()) {
                throw new ValidationException(
                        Quoted.bare(stored.id()) + ": unknown typeName: " + Quoted.of(record.get("typeName")));
            }
            if (scope.get() == RecordScope.DOCUMENT) {
                validate(stored.id(), record);
                documents.add(stored);
            }
        }
        return new RoomSnapshot(
                documents,
                migrated.tombstones(),
                migrated.documentClock(),
                migrated.tombstoneHistoryStartsAtClock(),
                migrated.schema());
    }

    private void validate(String id, JsonObject record) throws ValidationException {
        try {
            schema.validate(null, record);
        } catch (ValidationException e) {
            throw new ValidationException(Quoted.bare(id) + ": " + e.getMessage());
        }
    }

    /**
     * What a new room is that begins with an admitted snapshot. Its history begins with it: whoever knew another room by
     * this name is wiped.
     */
    public Loaded begin(RoomSnapshot content) {
        RoomSnapshot first = content.withNewHistory(Math.max(1, content.documentClock()));
        return new Loaded(room(first), Optional.of(first.asFirstChange()));
    }

    private Room room(RoomSnapshot snapshot) {
        return new Room(snapshot, schema, settings, presenceIds);
    }
}
