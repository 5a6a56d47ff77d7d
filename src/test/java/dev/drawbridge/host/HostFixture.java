package dev.drawbridge.host;

import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.protocol.ClientMessage;
import dev.drawbridge.protocol.Limits;
import dev.drawbridge.protocol.Protocol;
import dev.drawbridge.room.Effect;
import dev.drawbridge.room.RecordAuthorizers;
import dev.drawbridge.room.Room;
import dev.drawbridge.room.RoomLoader;
import dev.drawbridge.room.RoomSettings;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.room.Visitor;
import dev.drawbridge.schema.StoreSchema;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import dev.drawbridge.simulation.Edits;
import dev.drawbridge.store.CommitResult;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A room host whose threads, clock and store are in the hands of the test. */
final class HostFixture {
    static final StoreSchema SCHEMA = TldrawSchema.create();
    static final RoomSnapshot STORED = RoomSnapshot.initial(TldrawSchema.initialRecords(), SCHEMA.serialize(), 1);

    /** The defaults, but little may wait for the store. */
    static final HostSettings SETTINGS = new HostSettings(
            RoomSettings.DEFAULT.with(new Limits(
                    Limits.DEFAULT.message(),
                    new Limits.OfSession(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, 1 << 20),
                    Limits.NONE.room(),
                    new Limits.OfNode(3, Integer.MAX_VALUE, Integer.MAX_VALUE))),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            1_200);

    final HandExecutor executor = new HandExecutor();
    final HandClock clock = new HandClock();
    final HandStore store = new HandStore();
    final HandLease lease = new HandLease();
    final HandRoomObserver rooms = new HandRoomObserver();
    final RoomServices services;
    final RoomHost host;

    HostFixture() {
        this(SETTINGS);
    }

    private HostFixture(HostSettings settings) {
        AtomicInteger presences = new AtomicInteger();
        RoomLoader loader = new RoomLoader(
                SCHEMA,
                TldrawSchema.initialRecords(),
                settings.room(),
                () -> "p" + presences.incrementAndGet(),
                clock,
                new Random(1));
        services = new RoomServices(
                store,
                loader,
                executor,
                executor,
                clock,
                settings,
                lease,
                NodeMemory.ofHeap(64 << 20),
                HostObserver.NONE,
                rooms);
        host = new RoomHost("room", services);
        host.submit(new Visit());
        executor.runAll();
    }

    /** Somebody looks in, and leaves nothing behind. */
    private static final class Visit implements RoomInput {
        @Override
        public List<Effect> applyTo(Room room, long now) {
            return List.of();
        }

        @Override
        public boolean createsRoom() {
            return true;
        }

        @Override
        public boolean isVisit() {
            return true;
        }
    }

    /** Whether this node may go on with its rooms, as the test says. */
    static final class HandLease implements Lease {
        boolean isHeld = true;
        int doubts;

        @Override
        public boolean isHeld(long now) {
            return isHeld;
        }

        @Override
        public void doubted() {
            doubts++;
        }
    }

    /** A host whose room was stored and is loaded. */
    static HostFixture active() {
        HostFixture fixture = new HostFixture();
        fixture.store.opens(STORED);
        fixture.executor.runAll();
        return fixture;
    }

    /** The same, but that somebody else decides about pages. */
    static HostFixture active(RecordAuthority authority) {
        HostFixture fixture = new HostFixture(new HostSettings(
                SETTINGS.room().with(RecordAuthorizers.NONE.withDecidedElsewhere(Set.of("page"))),
                SETTINGS.unloadAfter(),
                SETTINGS.commitTimeout(),
                SETTINGS.maxHeldBytes(),
                authority));
        fixture.store.opens(STORED);
        fixture.executor.runAll();
        return fixture;
    }

    // ---- clients

    HandRecipient open(String sessionId) {
        return open(new HandRecipient(sessionId));
    }

    private HandRecipient open(HandRecipient client) {
        submit((room, now) -> room.open(client, Visitor.unknown(client.sessionId(), false), now));
        return client;
    }

    /** A client whose socket is open and whose connect message has been sent. */
    HandRecipient join(String sessionId) {
        return join(new HandRecipient(sessionId));
    }

    HandRecipient join(HandRecipient client) {
        open(client);
        send(
                client,
                new ClientMessage.Connect(
                        new JsonString("request"),
                        JsonNumber.of(Protocol.VERSION),
                        SCHEMA.serialize().json(),
                        JsonNumber.of(-1)));
        return client;
    }

    /** Pushes a new page. */
    void push(HandRecipient client, String page) {
        send(client, new ClientMessage.Push(JsonNumber.of(0), putPage(page, "a1"), null));
    }

    /** Pushes something for which its session is refused. */
    void pushInvalid(HandRecipient client) {
        send(client, new ClientMessage.Push(JsonNumber.of(0), putPage("page:invalid", "no index"), null));
    }

    void ping(HandRecipient client) {
        send(client, new ClientMessage.Ping());
    }

    void leave(HandRecipient client) {
        submit((room, now) -> room.lose(client, "the client has left", now));
    }

    void send(HandRecipient client, ClientMessage message) {
        submit((room, now) -> room.receive(client, message, 0, now));
    }

    private void submit(RoomInput input) {
        host.submit(input);
        executor.runAll();
    }

    // ---- time and store

    void tickAfter(Duration time) {
        clock.advance(time);
        host.tick();
        executor.runAll();
    }

    /** Lets seconds pass, with a tick each. */
    void seconds(int seconds) {
        for (int i = 0; i < seconds; i++) {
            tickAfter(Duration.ofSeconds(1));
        }
    }

    /** Stores the oldest commit that waits. */
    void stored() {
        ends(new CommitResult.Committed());
    }

    void ends(CommitResult result) {
        store.commit().is(result);
        executor.runAll();
    }

    boolean hasEnded() {
        return host.end().toCompletableFuture().isDone();
    }

    /** A push message as it comes over a socket. */
    static String pushFrame(String page) {
        return JsonObject.builder()
                .put("type", "push")
                .put("clientClock", 0)
                .put("diff", putPage(page, "a1"))
                .build()
                .toString();
    }

    /** A connect message as it comes over a socket. */
    static String connectFrame() {
        return JsonObject.builder()
                .put("type", "connect")
                .put("connectRequestId", "request")
                .put("protocolVersion", Protocol.VERSION)
                .put("lastServerClock", -1)
                .put("schema", SCHEMA.serialize().json())
                .build()
                .toString();
    }

    private static JsonObject putPage(String id, String index) {
        JsonObject page = JsonObject.builder()
                .put("id", id)
                .put("typeName", "page")
                .put("name", "")
                .put("index", index)
                .put("meta", JsonObject.EMPTY)
                .build();
        return JsonObject.of(id, Edits.put(page));
    }
}
