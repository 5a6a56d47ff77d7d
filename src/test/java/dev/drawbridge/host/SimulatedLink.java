package dev.drawbridge.host;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.protocol.ClientMessage;
import dev.drawbridge.protocol.CloseReason;
import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.protocol.ServerMessage;
import dev.drawbridge.room.Effect;
import dev.drawbridge.room.Room;
import dev.drawbridge.room.Visitor;
import dev.drawbridge.simulation.Line;
import dev.drawbridge.simulation.SimulatedClient;
import dev.drawbridge.simulation.Violation;
import dev.drawbridge.simulation.VirtualTime;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A socket between a client and a node. Each direction keeps its order and takes its time, and can break at any instant:
 * what is under way then never arrives, and neither end knows for a while.
 */
final class SimulatedLink implements Recipient, Line {
    private static final int LATENCY = 40;

    private final SimulatedClient client;
    private final SimulatedNode node;
    private final int life;
    private final VirtualTime time;
    private final RandomGenerator random;
    private final SimulatedStore store;
    private @Nullable RoomHost host;
    private boolean upBroken;
    private boolean downBroken;
    private long lastUp;
    private long lastDown;

    SimulatedLink(
            SimulatedClient client,
            SimulatedNode node,
            VirtualTime time,
            RandomGenerator random,
            SimulatedStore store) {
        this.client = client;
        this.node = node;
        this.life = node.life();
        this.time = time;
        this.random = random;
        this.store = store;
        up(() -> host = node.join(this));
    }

    RoomInput opening() {
        return input(true, (room, now) -> room.open(this, Visitor.unknown(client.name(), false), now));
    }

    /** An input that closes this socket when it comes too late, as that of a real connection does. */
    private RoomInput input(boolean opens, RoomInput input) {
        return new RoomInput() {
            @Override
            public boolean createsRoom() {
                return opens;
            }

            @Override
            public boolean isVisit() {
                return opens;
            }

            @Override
            public List<Effect> applyTo(Room room, long now) {
                return input.applyTo(room, now);
            }

            @Override
            public void dropped() {
                close(Optional.empty(), CloseCodes.TRY_AGAIN_LATER, "too late");
            }
        };
    }

    // ---- the client's end

    @Override
    public void send(ClientMessage message) {
        up(() -> submit((room, now) -> room.receive(this, message, 0, now)));
    }

    /**
     * What the client says next takes so long to come in. Its bytes arrive all the while, and are signs of life: the node
     * hears them, and says so (§21.11).
     */
    void slowUpload(int millis) {
        long until = Math.max(lastUp, time.millis()) + millis;
        for (long at = time.millis(); at < until; at += 500) {
            time.at(at, () -> {
                if (!upBroken) {
                    node.run(life, () -> {
                        submit((room, now) -> room.hear(this, now));
                        arriveDown(() -> client.receive(this, JsonObject.of("type", new JsonString("pong"))));
                    });
                }
            });
        }
        lastUp = until;
    }

    /** The client hangs up; the node hears of it sooner or later. */
    @Override
    public void hangUp() {
        downBroken = true;
        up(() -> {
            submit((room, now) -> room.lose(this, "the client has left", now));
            upBroken = true;
        });
    }

    private void submit(RoomInput input) {
        if (host != null && !host.submit(input(false, input))) {
            close(Optional.empty(), CloseCodes.TRY_AGAIN_LATER, "too late");
        }
    }

    private void up(Runnable arrival) {
        lastUp = Math.max(lastUp, time.millis() + random.nextInt(LATENCY));
        time.at(lastUp, () -> {
            if (!upBroken) {
                node.run(life, () -> {
                    if (!upBroken) {
                        arrival.run();
                    }
                });
            }
        });
    }

    // ---- the node's end

    @Override
    public String sessionId() {
        return client.name();
    }

    @Override
    public void data(SharedEvent event) {
        down(event.payload().whole());
    }

    @Override
    public void caughtUp(SharedEvent event) {
        data(event);
    }

    @Override
    public void message(ServerMessage message) {
        down(message.encode().whole());
    }

    @Override
    public void close(Optional<CloseReason> refusal, int retriableCode, String why) {
        // one whose room is deleted may keep its tab, or hear nothing of it, and be back when there is such a room
        // again
        Violation.unless(
                refusal.isEmpty() || refusal.get() == RefusalReason.NOT_FOUND,
                "%s was refused: %s",
                client.name(),
                String.valueOf(refusal));
        upBroken = true;
        arriveDown(() -> client.lost(this));
    }

    private void down(byte[] message) {
        JsonObject json = parse(message);
        if (json.get("serverClock") instanceof JsonNumber(double clock)) {
            Violation.unless(
                    store.hasReached((long) clock),
                    "%s is sent what is not stored: %s, while the store has clock %d",
                    client.name(),
                    json,
                    store.room().clock());
        }
        arriveDown(() -> client.receive(this, json));
    }

    private void arriveDown(Runnable arrival) {
        lastDown = Math.max(lastDown, time.millis() + random.nextInt(LATENCY));
        time.at(lastDown, () -> {
            if (!downBroken) {
                arrival.run();
            }
        });
    }

    private static JsonObject parse(byte[] message) {
        try {
            return ((JsonObject) Json.parse(message)).without("schema");
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
    }

    // ---- the network

    /** The way to the node breaks; the node may hear of it, and the client may go on hearing for a while. */
    void breakUp() {
        if (random.nextBoolean()) {
            hangUpUnseen();
        }
        upBroken = true;
        time.after(random.nextInt(3_000), this::cut);
    }

    /** The way to the client breaks; the node may go on hearing for a while. */
    void breakDown() {
        downBroken = true;
        if (random.nextBoolean()) {
            time.after(random.nextInt(3_000), () -> client.lost(this));
        }
    }

    /** Both ways break, and the client learns of it. */
    void cut() {
        upBroken = true;
        time.after(random.nextInt(300), () -> {
            downBroken = true;
            client.lost(this);
        });
    }

    private void hangUpUnseen() {
        time.after(
                random.nextInt(1_000),
                () -> node.run(life, () -> submit((room, now) -> room.lose(this, "the connection is broken", now))));
    }
}
