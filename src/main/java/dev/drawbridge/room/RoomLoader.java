package dev.drawbridge.room;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.json.Quoted;
import dev.drawbridge.schema.MigrationException;
import dev.drawbridge.schema.RecordScope;
import dev.drawbridge.schema.SerializedSchema;
import dev.drawbridge.schema.StoreSchema;
import dev.drawbridge.schema.ValidationException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Makes rooms of what is stored of them, and new ones where nothing is. */
public final class RoomLoader {
    /** No room sees that many changes between two openings; as milliseconds it is more than wall clocks differ by. */
    private static final long CLOCK_JUMP = 1L << 20;

    /** How much further it goes by chance, so that one state that comes back twice does not lead to the same clocks twice. */
    private static final long CHANCE = 1L << 24;

    /** No server that begins to count at 0 has counted so far; ours begin beyond it. */
    private static final long COUNTED_FROM_0 = 1L << 40;

    /** A clock in a snapshot beyond this was never counted to; it would leave the room no numbers to go on with. */
    private static final long LARGEST_BELIEVED = 1L << 52;

    private final Supplier<StoreSchema> schemas;
    private final List<JsonObject> initialRecords;
    private final RoomSettings settings;
    private final Supplier<String> presenceIds;
    private final InstantSource clock;
    private final RandomGenerator random;

    /** A room, and what has to be stored before anybody may see it. */
    public record Loaded(Room room, Optional<DocumentChange> firstChange) {}

    /**
     * Makes a loader for rooms of the schema that is the current one when they are loaded.
     *
     * @param initialRecords the content of a new room
     * @param presenceIds makes a new random text at each call
     * @param clock the time of day, where the clocks of new rooms start
     * @param random used by many threads at once
     */
    public RoomLoader(
            Supplier<StoreSchema> schemas,
            List<JsonObject> initialRecords,
            RoomSettings settings,
            Supplier<String> presenceIds,
            InstantSource clock,
            RandomGenerator random) {
        this.schemas = schemas;
        this.initialRecords = List.copyOf(initialRecords);
        this.settings = settings;
        this.presenceIds = presenceIds;
        this.clock = clock;
        this.random = random;
    }

    /** Makes a loader for rooms of one schema, which stays. */
    public RoomLoader(
            StoreSchema schema,
            List<JsonObject> initialRecords,
            RoomSettings settings,
            Supplier<String> presenceIds,
            InstantSource clock,
            RandomGenerator random) {
        this(() -> schema, initialRecords, settings, presenceIds, clock, random);
    }

    /** The same for another schema: what would become of rooms with it. */
    public RoomLoader with(StoreSchema schema) {
        return new RoomLoader(() -> schema, initialRecords, settings, presenceIds, clock, random);
    }

    /**
     * Makes a room.
     *
     * @param stored what the store has of the room; empty for a new one
     * @param mayHaveLostCommits whether clients may have seen more than that. Its clock then jumps so far ahead that none
     *     of them can be there, and its history starts anew: everybody is wiped and refilled, and pushes again what was
     *     not acknowledged.
     * @param clockFloor what the store knows that rooms of the past have reached
     * @throws MigrationException when what is stored cannot be brought to the version of the schema, or holds records of types
     *     that it does not have: clients would not bear these, and in which version they are would be forgotten
     */
    public Loaded load(Optional<RoomSnapshot> stored, boolean mayHaveLostCommits, long clockFloor)
            throws MigrationException {
        StoreSchema schema = schemas.get();
        if (stored.isEmpty()) {
            RoomSnapshot initial = RoomSnapshot.initial(initialRecords, schema.serialize(), firstClock(clockFloor));
            return new Loaded(room(initial, schema), Optional.of(initial.asFirstChange()));
        }
        RoomSnapshot snapshot = new SnapshotMigration(schema).migrated(stored.get());
        checkKnown(schema, stored.get().schema(), snapshot);
        if (mayHaveLostCommits) {
            long reached = Math.max(snapshot.documentClock(), clock.millis());
            snapshot = snapshot.withNewHistory(reached + CLOCK_JUMP + random.nextLong(CHANCE));
        }
        return new Loaded(
                room(snapshot, schema),
                snapshot == stored.get()
                        ? Optional.empty()
                        : Optional.of(SnapshotMigration.change(stored.get(), snapshot)));
    }

    private static void checkKnown(StoreSchema schema, SerializedSchema stored, RoomSnapshot snapshot)
            throws MigrationException {
        if (!schema.namesForeignTypes(stored)) {
            return;
        }
        for (StoredRecord each : snapshot.documents()) {
            JsonObject record = each.unpack();
            if (!schema.knows(record)) {
                JsonValue type = record.get("type") == null ? record.get("typeName") : record.get("type");
                throw new MigrationException(
                        Quoted.bare(each.id()) + ": type " + Quoted.of(type)
                                + " is unknown to this server, which has served it before: see drawbridge.schema.* and docs/types.md");
            }
        }
    }

    /** The version of rooms that are loaded. */
    public SerializedSchema schema() {
        return schemas.get().serialize();
    }

    /** Which records of rooms that are loaded are objects. */
    public ObjectLane objectLane() {
        return new ObjectLane(schemas.get().objectTypes());
    }

    /** Whether a room was opened with what rooms are opened with now. */
    public boolean isCurrent(Room room) {
        return room.isOf(schemas.get());
    }

    /** Whether records of that schema are as they would be loaded. */
    public boolean isCurrent(SerializedSchema stored) {
        return stored.equals(schemas.get().adopting(stored));
    }

    /**
     * Whether it takes a whole room to bring a record of that schema to our version.
     *
     * @throws MigrationException when nothing does
     */
    public boolean migratesAsWhole(SerializedSchema stored) throws MigrationException {
        return !isCurrent(stored) && !SnapshotMigration.isOneByOne(schemas.get().pathFrom(stored));
    }

    /**
     * What is stored of a room as it would be loaded, for somebody who only looks: nothing has to be stored, and that
     * clients may have seen more is left to who loads it. Where records have to be migrated, it is at the clock that the
     * room is at when it has been loaded.
     *
     * @throws MigrationException when what is stored cannot be brought to the version of the schema
     */
    public RoomSnapshot asLoaded(RoomSnapshot stored) throws MigrationException {
        return new SnapshotMigration(schemas.get()).migrated(stored);
    }

    /**
     * One record as it would be loaded, where {@link #migratesAsWhole} says that this can be told; empty when it would be
     * dropped.
     *
     * @param stored the schema of its room
     * @param clock where it has changed, if it has to be migrated
     * @throws MigrationException when it cannot be brought to the version of the schema
     */
    public Optional<StoredRecord> asLoaded(StoredRecord record, SerializedSchema stored, long clock)
            throws MigrationException {
        StoreSchema schema = schemas.get();
        return stored.equals(schema.adopting(stored))
                ? Optional.of(record)
                : new SnapshotMigration(schema).migrated(record, schema.pathFrom(stored), clock);
    }

    /**
     * A snapshot from outside, brought to our version. What never leaves a client is left out of it.
     *
     * @throws MigrationException when it cannot be brought to our version
     * @throws ValidationException when a record is invalid, or of a type that we do not know; the message names it
     */
    public Admitted admit(RoomSnapshot snapshot) throws MigrationException, ValidationException {
        StoreSchema schema = schemas.get();
        RoomSnapshot migrated = new SnapshotMigration(schema).migrated(snapshot);
        SortedMap<String, Integer> leftOut = leftOutByMigration(snapshot, migrated);
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
                validate(schema, stored.id(), record);
                documents.add(stored);
            } else {
                leftOut.merge(String.valueOf(record.string("typeName")), 1, Integer::sum);
            }
        }
        return new Admitted(
                new RoomSnapshot(
                        documents,
                        migrated.tombstones(),
                        migrated.documentClock(),
                        migrated.tombstoneHistoryStartsAtClock(),
                        migrated.schema()),
                leftOut);
    }

    /** What a migration has left out: it drops what never leaves a client (§9). */
    private static SortedMap<String, Integer> leftOutByMigration(RoomSnapshot before, RoomSnapshot after) {
        SortedMap<String, Integer> leftOut = new TreeMap<>();
        if (before.documents() != after.documents()) {
            Set<String> kept = after.documents().stream().map(StoredRecord::id).collect(Collectors.toSet());
            for (StoredRecord record : before.documents()) {
                if (!kept.contains(record.id())) {
                    leftOut.merge(record.typeName().orElse("unknown"), 1, Integer::sum);
                }
            }
        }
        return leftOut;
    }

    private static void validate(StoreSchema schema, String id, JsonObject record) throws ValidationException {
        try {
            schema.validate(null, record);
        } catch (ValidationException e) {
            throw new ValidationException(Quoted.bare(id) + ": " + e.getMessage());
        }
    }

    /**
     * What a new room is that begins with an admitted snapshot. Unless it goes on where another server has left off, its
     * history begins with it: whoever knew another room by this name is wiped, also when the snapshot is of that room, which
     * may have gone on since.
     *
     * @param clockFloor what the store knows that rooms of the past have reached
     * @throws MigrationException when the schema has been replaced meanwhile by one that cannot follow
     */
    public Loaded begin(FirstContent first, long clockFloor) throws MigrationException {
        StoreSchema schema = schemas.get(); // it may be another one since the content was admitted
        RoomSnapshot content = new SnapshotMigration(schema).migrated(first.content());
        long reached = content.documentClock() < LARGEST_BELIEVED ? content.documentClock() : 0;
        long clock = firstClock(Math.max(clockFloor, reached));
        RoomSnapshot begun = goesOn(first)
                ? content.takenOver(new ForeignClocks(first.foreignClock().getAsLong(), clock))
                : content.withNewHistory(clock);
        return new Loaded(room(begun, schema), Optional.of(begun.asFirstChange()));
    }

    /** Whether clients of another server go on from what they know (§21.21), when the room begins so. */
    public static boolean goesOn(FirstContent first) {
        long left = first.foreignClock().orElse(0);
        return left > 0
                && left < COUNTED_FROM_0
                && first.content().documentClock() < COUNTED_FROM_0
                && first.content().tombstoneHistoryStartsAtClock() <= left;
    }

    /**
     * Where no earlier room of the same name can have been (§21.1): clients that knew it are then behind the start of the
     * history, and are wiped. Milliseconds do, because rooms begin in the past and no room makes a thousand changes a second
     * for long; the floor is for those that have been made to jump, and for wall clocks that were set back. Time does not
     * repeat itself, a floor may, when the store is restored: then chance has to tell two rooms apart.
     */
    private long firstClock(long floor) {
        long now = clock.millis();
        return now > floor ? now : floor + 1 + random.nextLong(CHANCE);
    }

    private Room room(RoomSnapshot snapshot, StoreSchema schema) {
        return new Room(snapshot, schema, settings, presenceIds);
    }
}
