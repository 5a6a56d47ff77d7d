package dev.drawbridge.room;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.schema.MigrationException;
import dev.drawbridge.schema.StoreSchema;
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

    private Room room(RoomSnapshot snapshot) {
        return new Room(snapshot, schema, settings, presenceIds);
    }
}
