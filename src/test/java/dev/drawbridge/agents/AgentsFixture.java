package dev.drawbridge.agents;

import static org.awaitility.Awaitility.await;

import dev.drawbridge.agents.board.BoardEdit;
import dev.drawbridge.agents.board.Pointing;
import dev.drawbridge.history.BlockKey;
import dev.drawbridge.history.DelegatingVersionStore;
import dev.drawbridge.history.HistoryObserver;
import dev.drawbridge.history.InMemoryVersionStore;
import dev.drawbridge.history.Notes;
import dev.drawbridge.history.Version;
import dev.drawbridge.history.VersionStoreException;
import dev.drawbridge.history.Versions;
import dev.drawbridge.host.Attendance;
import dev.drawbridge.host.ByteLoan;
import dev.drawbridge.host.ClientConnection;
import dev.drawbridge.host.ClientSocket;
import dev.drawbridge.host.Entrance;
import dev.drawbridge.host.HandClock;
import dev.drawbridge.host.HandSocket;
import dev.drawbridge.host.HostObserver;
import dev.drawbridge.host.HostSettings;
import dev.drawbridge.host.Lease;
import dev.drawbridge.host.Neighbours;
import dev.drawbridge.host.NodeIdentity;
import dev.drawbridge.host.NodeMemory;
import dev.drawbridge.host.RoomCommands;
import dev.drawbridge.host.RoomPatch;
import dev.drawbridge.host.RoomRegistry;
import dev.drawbridge.host.SessionDetails;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.loop.Loops;
import dev.drawbridge.protocol.Limits;
import dev.drawbridge.protocol.Protocol;
import dev.drawbridge.room.Rights;
import dev.drawbridge.room.RoomLoader;
import dev.drawbridge.room.RoomSettings;
import dev.drawbridge.room.Visitor;
import dev.drawbridge.schema.StoreSchema;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import dev.drawbridge.store.InMemoryRoomStore;
import dev.drawbridge.store.StoredRooms;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** A node with rooms, their past, people in them, and agents. Only time is in the hands of the test: that of the agents and that of the rooms. */
final class AgentsFixture implements AutoCloseable {
    static final StoreSchema SCHEMA = TldrawSchema.create();
    static final String ROOM = "room";
    static final Agent CLAUDE = new Agent("session-of-claude", Optional.of("ada"), "Ada's Claude");

    final HandClock clock = new HandClock();
    final HandClock roomClock = new HandClock();
    final InMemoryVersionStore versionStore = new InMemoryVersionStore();
    /** Whether no version can be written. */
    volatile boolean versionsFail;

    final NodeMemory memory = NodeMemory.ofHeap(256L << 20);
    final RoomCommands rooms;
    final Versions versions;
    final Agents agents;
    final RoomRegistry registry;
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private final Loops loops = Loops.start(2);
    private final List<Person> people = new CopyOnWriteArrayList<>();
    /** Between the agents and the rooms; does nothing, as a rule. */
    volatile Way way = (visitor, socket, in) -> in.join(ROOM, visitor, socket);

    /** How agents come into rooms. */
    @FunctionalInterface
    interface Way {
        Optional<? extends Attendance> join(Visitor visitor, ClientSocket socket, Entrance in);
    }

    AgentsFixture() {
        this(RoomSettings.DEFAULT, AgentSettings.DEFAULT, true);
    }

    AgentsFixture(RoomSettings rooms, AgentSettings settings, boolean hasPast) {
        HostSettings host = new HostSettings(rooms, Duration.ofSeconds(30), Duration.ofSeconds(10), 8L << 20);
        InMemoryRoomStore store = new InMemoryRoomStore();
        RoomLoader loader = new RoomLoader(
                SCHEMA,
                TldrawSchema.initialRecords(),
                rooms,
                () -> UUID.randomUUID().toString(),
                () -> Instant.ofEpochMilli(1),
                new Random(1));
        Notes notes = new Notes(roomClock);
        this.registry = new RoomRegistry(
                store,
                loader,
                loops::next,
                background,
                roomClock,
                host,
                Lease.FOR_EVER,
                memory,
                HostObserver.NONE,
                notes);
        this.rooms =
                new RoomCommands(registry, store, loader, new NodeIdentity("node", Instant.EPOCH), Neighbours.NONE);
        this.versions = new Versions(
                new DelegatingVersionStore(versionStore) {
                    @Override
                    public void add(String roomId, Version version, BlockKey key, byte[] block) {
                        if (versionsFail) {
                            throw new VersionStoreException("the disk is full", new IOException());
                        }
                        super.add(roomId, version, key, block);
                    }
                },
                this.rooms,
                notes,
                roomClock,
                new Random(2),
                memory.imports(),
                background,
                HistoryObserver.NONE,
                1_000_000);
        this.agents = new Agents(new AgentServices(
                (roomId, visitor, socket) -> roomId.equals(ROOM)
                        ? way.join(visitor, socket, registry)
                        : registry.join(roomId, visitor, socket),
                this.rooms,
                hasPast ? Optional.of(versions) : Optional.empty(),
                () -> SCHEMA,
                clock,
                memory.imports(),
                background,
                settings));
        create(ROOM);
    }

    static RoomSettings with(Limits.OfRoom limits) {
        Limits none = Limits.NONE;
        return RoomSettings.DEFAULT.with(new Limits(none.message(), none.session(), limits, none.node()));
    }

    void create(String roomId) {
        StoredRooms.get(rooms.create(roomId, Optional.empty()));
    }

    /** A change by the server itself; says the clock after it. */
    long put(JsonObject... records) {
        return StoredRooms.get(rooms.update(ROOM, new RoomPatch(List.of(records), List.of(), OptionalLong.empty())))
                .documentClock();
    }

    // ---- what agents do

    static BoardEdit puts(JsonObject... records) {
        return new BoardEdit(List.of(records), List.of(), Optional.empty());
    }

    Written write(JsonObject... records) {
        return write(CLAUDE, puts(records));
    }

    Written write(Agent agent, BoardEdit edit) {
        return StoredRooms.get(agents.write(ROOM, agent, Rights.EDITOR, edit));
    }

    Throwable failure(Rights rights, BoardEdit edit) {
        return failure(agents.write(ROOM, CLAUDE, rights, edit));
    }

    static Throwable failure(CompletionStage<?> stage) {
        return StoredRooms.failureOf(stage);
    }

    // ---- what is there

    Map<String, String> documents() {
        try (ByteLoan loan = new ByteLoan(memory.imports())) {
            return StoredRooms.documents(StoredRooms.get(rooms.snapshot(ROOM, loan)));
        }
    }

    long clockOfRoom() {
        return StoredRooms.get(rooms.describe(ROOM)).documentClock();
    }

    List<Version> versionsMade() {
        return versionStore.versions(ROOM, Optional.empty(), 100);
    }

    List<RoomCommands.Present> present() {
        return StoredRooms.get(rooms.presence(ROOM));
    }

    /** The presence of somebody, once it is like that. */
    JsonObject presenceOf(Agent agent, Predicate<JsonObject> once) {
        JsonObject[] found = new JsonObject[1];
        await().until(() -> {
            Optional<JsonObject> presence = present().stream()
                    .filter(each -> each.session().id().equals(agent.sessionId()))
                    .flatMap(each -> each.presence().stream())
                    .filter(once)
                    .findAny();
            presence.ifPresent(each -> found[0] = each);
            return presence.isPresent();
        });
        return found[0];
    }

    List<String> sessions() {
        return StoredRooms.get(rooms.sessions(ROOM)).stream()
                .filter(session -> session.state() == SessionDetails.State.CONNECTED)
                .map(SessionDetails::id)
                .sorted()
                .toList();
    }

    static Pointing at(double x, double y, String... selected) {
        return new Pointing("page:page", x, y, List.of(selected));
    }

    // ---- a person

    /** Somebody with a browser. */
    final class Person {
        final HandSocket socket = new HandSocket();
        private final ClientConnection connection;

        Person(String sessionId) {
            connection = registry.join(ROOM, Visitor.unknown(sessionId, false), socket)
                    .orElseThrow();
            say(JsonObject.builder()
                    .put("type", "connect")
                    .put("connectRequestId", "r")
                    .put("protocolVersion", Protocol.VERSION)
                    .put("lastServerClock", -1)
                    .put("schema", SCHEMA.serialize().json())
                    .build());
            await().until(() -> !socket.sent().isEmpty());
            people.add(this);
        }

        void say(JsonObject message) {
            byte[] text = Json.encode(message);
            connection.loop().execute(() -> connection.received(ByteBuffer.wrap(text), true));
        }

        boolean hasSeen(String text) {
            return socket.sent().stream().anyMatch(message -> message.contains(text));
        }

        void sees(String text) {
            await().until(() -> hasSeen(text));
        }

        void leave() {
            connection.loop().execute(connection::closed);
        }
    }

    /** Seconds pass for agents, with a tick each. */
    void seconds(int seconds) {
        for (int i = 0; i < seconds; i++) {
            clock.advance(Duration.ofSeconds(1));
            agents.tick();
        }
    }

    /** Seconds pass for rooms at once. */
    void secondsInRooms(int seconds) {
        roomClock.advance(Duration.ofSeconds(seconds));
        registry.tick();
    }

    static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        agents.close();
        people.forEach(Person::leave);
        StoredRooms.get(registry.shutDown());
        background.close();
        loops.close();
    }
}
