package dev.drawbridge.history;

import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.id;
import static dev.drawbridge.schema.Validators.literal;
import static dev.drawbridge.schema.Validators.object;
import static dev.drawbridge.schema.Validators.string;

import dev.drawbridge.host.ByteLoan;
import dev.drawbridge.host.HandClock;
import dev.drawbridge.host.HostObserver;
import dev.drawbridge.host.HostSettings;
import dev.drawbridge.host.Lease;
import dev.drawbridge.host.Neighbours;
import dev.drawbridge.host.NodeIdentity;
import dev.drawbridge.host.NodeMemory;
import dev.drawbridge.host.RoomCommands;
import dev.drawbridge.host.RoomPatch;
import dev.drawbridge.host.RoomRegistry;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.loop.Loop;
import dev.drawbridge.room.RoomLoader;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.schema.RecordScope;
import dev.drawbridge.schema.RecordType;
import dev.drawbridge.schema.StoreSchema;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import dev.drawbridge.store.InMemoryRoomStore;
import dev.drawbridge.store.StoredRooms;
import java.nio.channels.SelectableChannel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;

/**
 * Rooms that are run as a node runs them, and their versions. Only time is in the hands of the test. There are remarks, which
 * are of the object lane.
 */
public final class HistoryFixture implements AutoCloseable {
    static final StoreSchema SCHEMA = TldrawSchema.builder()
            .recordType(RecordType.of(
                    "remark",
                    RecordScope.DOCUMENT,
                    object(field("id", id("remark")), field("typeName", literal("remark")), field("text", string()))))
            .build()
            .withObjectTypes(List.of("remark"));

    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private final OneThread loop = new OneThread();

    public final HandClock clock;
    public final InMemoryRoomStore rooms;
    public final VersionStore store;
    public final NodeMemory memory = NodeMemory.ofHeap(256L << 20);
    public final Notes notes;
    public final RoomCommands commands;
    /** What versions with a name may take. */
    public static final long MOST_NAMED_BYTES = 1_000_000;

    public final Versions versions;

    private final RoomRegistry registry;

    public HistoryFixture(VersionStore store) {
        this(store, new InMemoryRoomStore(), new HandClock());
    }

    private HistoryFixture(VersionStore store, InMemoryRoomStore rooms, HandClock clock) {
        this.store = store;
        this.rooms = rooms;
        this.clock = clock;
        this.notes = new Notes(clock);
        RoomLoader loader = new RoomLoader(
                SCHEMA,
                TldrawSchema.initialRecords(),
                HostSettings.DEFAULT.room(),
                () -> "presence",
                () -> Instant.ofEpochMilli(1),
                new Random(1));
        this.registry = new RoomRegistry(
                rooms,
                loader,
                () -> loop,
                background,
                clock,
                HostSettings.DEFAULT,
                Lease.FOR_EVER,
                memory,
                HostObserver.NONE,
                notes);
        this.commands =
                new RoomCommands(registry, rooms, loader, new NodeIdentity("node", Instant.EPOCH), Neighbours.NONE);
        this.versions = new Versions(
                store,
                commands,
                notes,
                clock,
                new Random(2),
                memory.imports(),
                background,
                HistoryObserver.NONE,
                MOST_NAMED_BYTES);
    }

    /** The same rooms after this process has ended, with the versions that a store has. */
    public HistoryFixture restarted(VersionStore versionsThere) {
        return new HistoryFixture(versionsThere, rooms, clock);
    }

    /** Whether nobody has the room open any more: what happens to it then has been told. */
    public boolean isPutAway(String roomId) {
        return !registry.isOpen(roomId);
    }

    public Thinner thinner(ThinningRules rules) {
        return new Thinner(versions, rooms, rules, clock);
    }

    public ByteLoan loan() {
        return new ByteLoan(memory.imports());
    }

    public void create(String roomId) {
        StoredRooms.get(commands.create(roomId, Optional.empty()));
    }

    public long put(String roomId, JsonObject... records) {
        return change(roomId, List.of(records), List.of());
    }

    public long change(String roomId, List<JsonObject> puts, List<String> deletes) {
        return StoredRooms.get(commands.update(roomId, new RoomPatch(puts, deletes, OptionalLong.empty())))
                .documentClock();
    }

    /** All records of a room, each with its clock. */
    public Map<String, String> records(String roomId) {
        return StoredRooms.documents(snapshot(roomId));
    }

    public RoomSnapshot snapshot(String roomId) {
        try (ByteLoan loan = loan()) {
            return StoredRooms.get(commands.snapshot(roomId, loan));
        }
    }

    /** What a version shows: records with their clocks. */
    public Map<String, String> read(String roomId, VersionId version) {
        try (ByteLoan loan = loan()) {
            return StoredRooms.documents(StoredRooms.get(versions.snapshot(roomId, version.text(), loan)));
        }
    }

    public Version make(String roomId, Reason reason) {
        return StoredRooms.get(versions.make(roomId, reason, Optional.empty()));
    }

    public static JsonObject remark(String name, String text) {
        return JsonObject.builder()
                .put("id", "remark:" + name)
                .put("typeName", "remark")
                .put("text", text)
                .build();
    }

    @Override
    public void close() {
        registry.shutDown();
        background.close();
        loop.thread.close();
    }

    /** Runs tasks as they come. */
    private static final class OneThread implements Loop {
        private final ExecutorService thread = Executors.newSingleThreadExecutor();

        @Override
        public void execute(Runnable task) {
            thread.execute(task);
        }

        @Override
        public void pace(Runnable task) {
            thread.execute(task);
        }

        @Override
        public Watch watch(SelectableChannel channel, IntConsumer ready) {
            throw new UnsupportedOperationException();
        }
    }
}
