package dev.drawbridge.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.protocol.FrameDecoder;
import dev.drawbridge.protocol.Limits;
import dev.drawbridge.schema.SerializedSchema;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One socket of a client: it sends what it is told to, and keeps what it receives until an assertion reads it. */
public final class TestClient implements Connection {
    private static final int NO_STRING_APPENDS_UP_TO = 7;

    private final RoomFixture room;
    private final String sessionId;
    private final FrameDecoder decoder = new FrameDecoder(Limits.DEFAULT.message());
    private final Deque<JsonObject> inbox = new ArrayDeque<>();
    private final Deque<JsonValue> unanswered = new ArrayDeque<>();

    private @Nullable Visitor visitor;
    private boolean readonly;
    private int protocolVersion = 8;
    private SerializedSchema schema = Schemas.OURS.serialize();
    private long lastServerClock = -1;
    private boolean opened;
    private int nextClientClock = 1;
    private Effect.@Nullable Close close;
    private @Nullable JsonObject hydration;

    TestClient(RoomFixture room, String sessionId) {
        this.room = room;
        this.sessionId = sessionId;
    }

    // ---- what kind of client it is

    public TestClient readonly() {
        readonly = true;
        return this;
    }

    /** What was decided about it at the door. */
    public TestClient visitor(Visitor decided) {
        visitor = decided;
        return this;
    }

    public TestClient protocol(int version) {
        protocolVersion = version;
        return this;
    }

    public TestClient schema(SerializedSchema spoken) {
        schema = spoken;
        return this;
    }

    public TestClient lastServerClock(long clock) {
        lastServerClock = clock;
        return this;
    }

    // ---- what it does

    public TestClient open() {
        opened = true;
        room.perform(
                room.room().open(this, visitor == null ? Visitor.unknown(sessionId, readonly) : visitor, room.now()));
        return this;
    }

    /** Goes on in a room that has moved, at the clock that it has reached. */
    TestClient resume(Visitor decided, long clock) {
        opened = true;
        room.perform(room.room().resume(this, decided, clock, room.now()));
        return this;
    }

    public TestClient connect() {
        return send(JsonObject.builder()
                .put("type", "connect")
                .put("connectRequestId", "request of " + sessionId)
                .put("lastServerClock", lastServerClock)
                .put("protocolVersion", protocolVersion)
                .put("schema", schema.json())
                .build());
    }

    /** Connects, and takes the answer out of the inbox. */
    public TestClient join() {
        connect();
        JsonObject answer = next();
        assertThat(answer.string("type"))
                .as("the answer to connect: %s", answer)
                .isEqualTo("connect");
        hydration = answer;
        return this;
    }

    public TestClient push(JsonObject diff) {
        return push(diff, null);
    }

    public TestClient pushPresence(JsonValue presence) {
        return push(null, presence);
    }

    public TestClient push(@Nullable JsonValue diff, @Nullable JsonValue presence) {
        JsonValue clientClock = JsonNumber.of(nextClientClock++);
        JsonObject.Builder push = JsonObject.builder().put("type", "push").put("clientClock", clientClock);
        if (diff != null) {
            push.put("diff", diff);
        }
        if (presence != null) {
            push.put("presence", presence);
        }
        unanswered.add(clientClock);
        return send(push.build());
    }

    public TestClient ping() {
        return send(JsonObject.of("type", new JsonString("ping")));
    }

    public TestClient send(JsonObject message) {
        return sendFrame(Json.write(message));
    }

    public TestClient sendFrame(String frame) {
        if (!opened) {
            open();
        }
        switch (decoder.decode(frame)) {
            case FrameDecoder.Message(var message, int length) ->
                room.perform(room.room().receive(this, message, length, room.now()));
            case FrameDecoder.Partial ignored -> {
                // more is to come
            }
            case FrameDecoder.Broken(String why) -> room.perform(room.room().lose(this, why, room.now()));
            case FrameDecoder.Refused(var reason, String why, var ignored) ->
                room.perform(room.room().refuse(this, reason, why));
        }
        return this;
    }

    /** Its socket is gone. */
    public TestClient disconnect() {
        room.perform(room.room().lose(this, "the client has left", room.now()));
        return this;
    }

    // ---- what it has got

    void receive(JsonObject message) {
        assertThat(close)
                .as("[§7] a closed socket receives nothing, but %s", message)
                .isNull();
        if (protocolVersion <= NO_STRING_APPENDS_UP_TO) {
            assertThat(StringAppends.in(message))
                    .as("[§21.2] a string append for protocol %s in %s", protocolVersion, message)
                    .isFalse();
        }
        inbox.add(message);
    }

    void closedBy(Effect.Close effect) {
        if (close == null) {
            close = effect;
        }
    }

    /** The oldest message that has not been read yet. */
    JsonObject next() {
        JsonObject message = inbox.poll();
        assertThat(message).as("a message for %s", sessionId).isNotNull();
        return message;
    }

    boolean hasNext() {
        return !inbox.isEmpty();
    }

    /** Forgets all that has been received so far. */
    public TestClient forget() {
        while (hasNext()) {
            if (next().has("action")) {
                unanswered.poll();
            }
        }
        return this;
    }

    @Nullable
    JsonValue nextUnanswered() {
        return unanswered.poll();
    }

    Optional<Effect.Close> closing() {
        return Optional.ofNullable(close);
    }

    /** The answer to its last {@link #join}. */
    public JsonObject hydration() {
        assertThat(hydration).as("hydration of %s", sessionId).isNotNull();
        return hydration;
    }

    public String sessionId() {
        return sessionId;
    }

    /** How others see it: presence ids are made in the order of the first opening of sessions. */
    public static String presenceId(int number) {
        return "instance_presence:p" + number;
    }

    @Override
    public String toString() {
        return sessionId;
    }
}
