package dev.drawbridge.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.diff.ObjectDiff;
import dev.drawbridge.diff.RecordDiffer;
import dev.drawbridge.diff.RecordOp;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.protocol.ClientChunks;
import dev.drawbridge.schema.ClientCompatibility;
import dev.drawbridge.schema.RecordMigrations;
import dev.drawbridge.schema.SerializedSchema;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A tldraw client as §11 and §12 describe it: optimistic, reconnecting, with one push after the other. */
final class SimulatedClient {
    private static final int FIRST_WITH_STRING_APPENDS = 8;

    private final String sessionId;
    private final Kind kind;
    private final RecordMigrations migrations;
    private final Replica replica;

    private @Nullable SimulatedLink link;
    private boolean connected;
    private long lastServerClock = -1;
    private int requests;
    private long clientClock;
    private JsonObject presence;
    private @Nullable JsonObject pushedPresence;

    /** What a client speaks, and what it may. */
    enum Kind {
        MODERN(8),
        READER(8),
        NO_STRING_APPENDS(7),
        LEGACY(6),
        /** Without the cards of its room. */
        PLAIN(8),
        OF_5_2(8),
        OF_5_0(7),
        OF_4_5(8);

        private final int protocol;

        Kind(int protocol) {
            this.protocol = protocol;
        }

        SerializedSchema schema() {
            return switch (this) {
                case PLAIN -> Schemas.OURS.serialize();
                case OF_5_2 -> Schemas.withCards(Schemas.V5_2_4);
                case OF_5_0 -> Schemas.V5_0_1;
                case OF_4_5 -> Schemas.V4_5_12;
                case MODERN, READER, NO_STRING_APPENDS, LEGACY -> Schemas.WITH_CARDS.serialize();
            };
        }

        boolean readonly() {
            return this == READER;
        }

        boolean knowsStringAppends() {
            return protocol >= FIRST_WITH_STRING_APPENDS;
        }

        private RecordMigrations migrations() {
            return switch (Schemas.WITH_CARDS.compatibilityWith(schema())) {
                case ClientCompatibility.Compatible(RecordMigrations migrations) -> migrations;
                case ClientCompatibility.ClientTooOld(String why) -> throw new AssertionError(why);
                case ClientCompatibility.ServerTooOld(String why) -> throw new AssertionError(why);
            };
        }
    }

    SimulatedClient(String sessionId, Kind kind) {
        this.sessionId = sessionId;
        this.kind = kind;
        this.migrations = kind.migrations();
        this.replica = new Replica(RecordDiffer.forStringAppends(kind.knowsStringAppends()));
        this.presence = Records.presence(sessionId);
    }

    String sessionId() {
        return sessionId;
    }

    Kind kind() {
        return kind;
    }

    RecordMigrations migrations() {
        return migrations;
    }

    Replica replica() {
        return replica;
    }

    Optional<SimulatedLink> link() {
        return Optional.ofNullable(link);
    }

    boolean isConnected() {
        return connected;
    }

    boolean isSettled() {
        return connected && replica.isSettled() && presence.equals(pushedPresence);
    }

    // ---- what it does

    /** Opens a new socket, whatever became of the old one. */
    SimulatedLink open() {
        reset();
        link = new SimulatedLink(this);
        requests++;
        send(JsonObject.builder()
                .put("type", "connect")
                .put("connectRequestId", requestId())
                .put("lastServerClock", lastServerClock)
                .put("protocolVersion", kind.protocol)
                .put("schema", kind.schema().json())
                .build());
        return link;
    }

    void reset() {
        link = null;
        connected = false;
        pushedPresence = null;
        replica.disconnected();
    }

    void edit(String id, @Nullable JsonObject next) {
        replica.edit(id, next, connected);
    }

    void move(JsonObject nextPresence) {
        presence = nextPresence;
    }

    JsonObject presence() {
        return presence;
    }

    void ping() {
        if (connected) {
            send(JsonObject.of("type", new JsonString("ping")));
        }
    }

    /** Sends what has gathered, as one push. */
    void flush() {
        if (!connected) {
            return;
        }
        Optional<JsonObject> diff = replica.takeUnsent();
        Optional<JsonValue> presenceOp = presenceOp();
        if (diff.isEmpty() && presenceOp.isEmpty()) {
            return;
        }
        JsonValue clock = JsonNumber.of((double) clientClock++);
        JsonObject.Builder push = JsonObject.builder().put("type", "push").put("clientClock", clock);
        diff.ifPresent(ops -> push.put("diff", ops));
        presenceOp.ifPresent(op -> push.put("presence", op));
        send(push.build());
        replica.sent(clock, diff.orElse(null));
        pushedPresence = presence;
    }

    private Optional<JsonValue> presenceOp() {
        if (pushedPresence == null) {
            return Optional.of(new RecordOp.Put(presence).toJson());
        }
        ObjectDiff diff =
                RecordDiffer.forStringAppends(kind.knowsStringAppends()).diff(pushedPresence, presence);
        return diff.isEmpty() ? Optional.empty() : Optional.of(new RecordOp.Patch(diff).toJson());
    }

    private void send(JsonObject message) {
        SimulatedLink open = Objects.requireNonNull(link);
        ClientChunks.split(Json.write(message)).forEach(open::sendToServer);
    }

    // ---- what it receives

    void receive(JsonObject message) {
        assertThat(kind.knowsStringAppends() || !StringAppends.in(message))
                .as("[§21.2] no string append for %s in %s", kind, message)
                .isTrue();
        switch (message.string("type")) {
            case "connect" -> {
                assertThat(message.string("connectRequestId")).isEqualTo(requestId());
                assertThat(connected).as("connected once").isFalse();
                replica.hydrated(message);
                connected = true;
                lastServerClock = serverClock(message);
            }
            case "patch", "push_result" -> {
                assertThat(connected)
                        .as("[§8] nothing before the answer to connect")
                        .isTrue();
                assertThat(serverClock(message)).as("[§10] clocks in order").isGreaterThanOrEqualTo(lastServerClock);
                replica.received(message);
                lastServerClock = serverClock(message);
            }
            case "pong", "custom" -> {
                // nothing to do
            }
            case null, default -> throw new AssertionError("unexpected: " + message);
        }
    }

    private String requestId() {
        return sessionId + " " + requests;
    }

    private static long serverClock(JsonObject message) {
        return (long) ((JsonNumber) Objects.requireNonNull(message.get("serverClock"))).value();
    }

    @Override
    public String toString() {
        return sessionId + " (" + kind + ")";
    }
}
