package dev.drawbridge.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.protocol.Limit;
import dev.drawbridge.schema.StoreSchema;
import dev.drawbridge.schema.ValidationException;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A room in virtual time with {@link TestClient}s, whose effects happen at once. On the way it checks what holds for
 * every room: the store can follow it, nobody is told of what is not stored, a closed socket is left alone.
 */
public final class RoomFixture {
    private final Room room;
    private final StoredRoom stored;
    private final List<String> removedSessions = new ArrayList<>();
    private final List<String> joinedSessions = new ArrayList<>();
    private final List<Limit> limitsHit = new ArrayList<>();
    private final List<DocumentChange> changes = new ArrayList<>();
    private final List<Optional<Author>> authors = new ArrayList<>();
    private final Deque<Effect.Ask> questions = new ArrayDeque<>();
    private int timesBecameEmpty;
    private boolean worksByHand;
    private boolean workAsked;
    private long now = 1_700_000_000_000L;

    private RoomFixture(RoomSnapshot snapshot, StoreSchema schema, RoomSettings settings, Lobby.Turn turn) {
        AtomicInteger presences = new AtomicInteger();
        this.room = new Room(snapshot, schema, settings, () -> "p" + presences.incrementAndGet(), turn);
        this.stored = new StoredRoom(snapshot);
    }

    /** A new room: clock 1, the document and one page. */
    public static RoomFixture create() {
        return create(RoomSettings.DEFAULT);
    }

    public static RoomFixture create(RoomSettings settings) {
        return of(RoomSnapshot.initial(TldrawSchema.initialRecords(), Schemas.OURS.serialize(), 1), settings);
    }

    public static RoomFixture of(RoomSnapshot snapshot) {
        return of(snapshot, RoomSettings.DEFAULT);
    }

    public static RoomFixture of(RoomSnapshot snapshot, RoomSettings settings) {
        return new RoomFixture(snapshot, Schemas.OURS, settings, Lobby.Turn.DEFAULT);
    }

    /** A room on a server that has another schema than tldraw's. */
    static RoomFixture of(RoomSnapshot snapshot, StoreSchema schema) {
        return new RoomFixture(snapshot, schema, RoomSettings.DEFAULT, Lobby.Turn.DEFAULT);
    }

    static RoomFixture of(RoomSnapshot snapshot, StoreSchema schema, RoomSettings settings) {
        return new RoomFixture(snapshot, schema, settings, Lobby.Turn.DEFAULT);
    }

    /** A room that translates no more than so many records in a turn, and no further than it is told to. */
    static RoomFixture workingByHand(RoomSnapshot snapshot, int recordsPerTurn) {
        RoomFixture room =
                new RoomFixture(snapshot, Schemas.OURS, RoomSettings.DEFAULT, new Lobby.Turn(recordsPerTurn, 1 << 20));
        room.worksByHand = true;
        return room;
    }

    /** A new room with these records besides the first ones, put by the host. */
    public static RoomFixture with(JsonObject... records) {
        return filled(create(), records);
    }

    /** The same, of a schema of its own. */
    static RoomFixture with(StoreSchema schema, JsonObject... records) {
        RoomSnapshot initial = RoomSnapshot.initial(TldrawSchema.initialRecords(), schema.serialize(), 1);
        return filled(new RoomFixture(initial, schema, RoomSettings.DEFAULT, Lobby.Turn.DEFAULT), records);
    }

    private static RoomFixture filled(RoomFixture room, JsonObject... records) {
        room.update(update -> {
            for (JsonObject record : records) {
                update.put(record);
            }
        });
        return room;
    }

    // ---- clients

    /** A client of the newest tldraw, not opened yet. Several clients may have the same session id: they are sockets. */
    public TestClient client(String sessionId) {
        return new TestClient(this, sessionId);
    }

    /** A client that is connected and has read the answer to it. */
    public TestClient join(String sessionId) {
        return client(sessionId).join();
    }

    // ---- time

    public void advance(Duration time) {
        now += time.toMillis();
        perform(room.tick(now, now));
    }

    public void tick() {
        advance(Duration.ZERO);
    }

    public void seconds(int seconds) {
        advance(Duration.ofSeconds(seconds));
    }

    // ---- the host

    /** The limits that were hit, in their order. */
    public List<Limit> limitsHit() {
        return limitsHit;
    }

    public Room room() {
        return room;
    }

    public void update(RoomUpdate.Updater updater) {
        try {
            perform(room.update(updater));
        } catch (ValidationException | LimitExceededException e) {
            throw new AssertionError(e);
        }
    }

    public RoomSnapshot snapshot() {
        return room.snapshot();
    }

    /** A record as the room holds it. */
    public Optional<JsonObject> record(String id) {
        return snapshot().documents().stream()
                .filter(record -> record.id().equals(id))
                .findFirst()
                .map(ParsedRecords::parse);
    }

    List<String> removedSessions() {
        return removedSessions;
    }

    List<String> joinedSessions() {
        return joinedSessions;
    }

    int timesBecameEmpty() {
        return timesBecameEmpty;
    }

    /** All that the store has been told. */
    List<DocumentChange> changes() {
        return changes;
    }

    /** Who has made each of these changes. */
    List<Optional<Author>> authors() {
        return authors;
    }

    long now() {
        return now;
    }

    /** Makes effects happen, in their order. */
    public void perform(List<Effect> effects) {
        boolean moreWork = false;
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.MoreWork ignored -> moreWork = true;
                case Effect.Ask ask -> questions.add(ask);
                case Effect.Changed(DocumentChange change, Optional<Author> author) -> {
                    stored.write(change);
                    changes.add(change);
                    authors.add(author);
                }
                case Effect.Send send ->
                    deliver(send.to(), send.message().encode().whole());
                case Effect.Broadcast broadcast -> {
                    byte[] message = broadcast.event().encode().whole();
                    for (Connection connection : broadcast.to()) {
                        if (connection != broadcast.except()) {
                            deliver(connection, message);
                        }
                    }
                }
                case Effect.Close close -> ((TestClient) close.connection()).closedBy(close);
                case Effect.SessionJoined(SessionInfo session) ->
                    joinedSessions.add(session.visitor().sessionId());
                case Effect.SessionRemoved(String sessionId) -> removedSessions.add(sessionId);
                case Effect.LimitHit(Limit limit, String ignored) -> limitsHit.add(limit);
                case Effect.Deferred deferred -> deferred.whenStored().run();
                case Effect.RoomBecameEmpty ignored -> timesBecameEmpty++;
            }
        }
        stored.assertEquals(room.snapshot());
        if (moreWork && worksByHand) {
            assertThat(workAsked).as("more work is asked for once").isFalse();
            workAsked = true;
        } else if (moreWork) {
            perform(room.work(now));
        }
    }

    /** Does a turn of what was put off; false when nothing was. */
    public boolean work() {
        boolean asked = workAsked;
        workAsked = false;
        if (asked) {
            perform(room.work(now));
        }
        return asked;
    }

    /** The oldest question that has been asked and not been taken yet. */
    Effect.Ask nextQuestion() {
        return questions.remove();
    }

    boolean hasQuestion() {
        return !questions.isEmpty();
    }

    void answer(Effect.Ask question, WriteVerdict... verdicts) {
        perform(room.answered(question.number(), List.of(verdicts), now));
    }

    private void deliver(Connection connection, byte[] encoded) {
        try {
            JsonObject message = (JsonObject) Json.parse(encoded);
            if (message.has("serverClock")) {
                assertThat(message.get("serverClock"))
                        .as("[§21.5] serverClock of %s", message)
                        .isEqualTo(JsonNumber.of((double) stored.clock()));
            }
            ((TestClient) connection).receive(message);
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
    }
}
