package dev.drawbridge.cluster;

import dev.drawbridge.host.Attendance;
import dev.drawbridge.host.ClientSocket;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.loop.Loop;
import dev.drawbridge.protocol.ClientMessage;
import dev.drawbridge.protocol.Payload;
import dev.drawbridge.protocol.Protocol;
import dev.drawbridge.room.Visitor;
import dev.drawbridge.simulation.Line;
import dev.drawbridge.simulation.Past;
import dev.drawbridge.simulation.SimulatedClient;
import dev.drawbridge.simulation.Trace;
import dev.drawbridge.simulation.Violation;
import dev.drawbridge.simulation.VirtualTime;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection to the node that it has reached, with both ends. Each direction keeps its order and takes its time,
 * and can break at any instant: what is under way then never arrives, and neither end knows for a while. The node's end is
 * opened, read, paused and closed as a real one is.
 */
final class SimulatedSocket implements ClientSocket, Line {
    private static final int LATENCY = 15;
    private static final int CLOSING = 2_000;

    private final SimulatedClient client;
    private final SimulatedNode node;
    private final VirtualTime time;
    private final RandomGenerator random;
    private final Past past;
    private final Trace trace;
    private final Queue<byte[]> unread = new ArrayDeque<>();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private Loop loop;
    private @Nullable Attendance attendance;
    private boolean opening;
    private boolean begun;
    private boolean closing;
    private boolean ended;
    private boolean told;
    private int pauses;
    private long unsent;
    private long slowUntil;
    private boolean upBroken;
    private boolean downBroken;
    private long lastUp;
    private long lastDown;

    SimulatedSocket(
            SimulatedClient client,
            SimulatedNode node,
            VirtualTime time,
            RandomGenerator random,
            Past past,
            Trace trace) {
        this.client = client;
        this.node = node;
        this.time = time;
        this.random = random;
        this.past = past;
        this.trace = trace;
        this.loop = node.nextLoop();
        node.sockets().add(this);
        up(this::open);
    }

    SimulatedNode node() {
        return node;
    }

    // ---- the client's end

    @Override
    public void send(ClientMessage said) {
        byte[] text = Json.encode(json(said));
        up(() -> {
            unread.add(text);
            if (begun) {
                loop.execute(this::read);
            }
        });
    }

    private static JsonObject json(ClientMessage said) {
        JsonObject.Builder json = JsonObject.builder();
        switch (said) {
            case ClientMessage.Connect(var request, var version, var schema, var clock) -> {
                json.put("type", "connect");
                put(json, "connectRequestId", request);
                put(json, "protocolVersion", version);
                put(json, "schema", schema);
                put(json, "lastServerClock", clock);
            }
            case ClientMessage.Push(var clock, var diff, var presence) -> {
                json.put("type", "push");
                put(json, "clientClock", clock);
                put(json, "diff", diff);
                put(json, "presence", presence);
            }
            case ClientMessage.Ping ignored -> json.put("type", "ping");
        }
        return json.build();
    }

    private static void put(JsonObject.Builder json, String name, @Nullable JsonValue value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    @Override
    public void hangUp() {
        downBroken = true;
        up(this::end);
    }

    private void up(Runnable arrival) {
        lastUp = Math.max(lastUp, time.millis() + 1 + random.nextInt(LATENCY));
        time.at(lastUp, () -> {
            if (!upBroken) {
                node.run(arrival);
            }
        });
    }

    // ---- the node's end, being opened

    private void open() {
        if (!node.isAlive() || !node.isReady()) {
            cut();
            end();
            return;
        }
        opening = true;
        var _ = node.cluster()
                .way()
                .joined("room", Visitor.unknown(client.name(), false), this)
                .thenAccept(this::opened);
    }

    private void opened(Optional<Attendance> entered) {
        opening = false;
        attendance = entered.orElse(null);
        if (ended) {
            tell();
        } else {
            loop.execute(() -> {
                begun = true;
                read();
            });
        }
    }

    @Override
    public void serveOn(Loop itsLoop) {
        loop = itsLoop;
    }

    // ---- reading

    private void read() {
        while (pauses == 0 && !closing && !ended && !unread.isEmpty()) {
            Attendance who = attendance;
            byte[] text = unread.remove();
            if (who != null) {
                who.received(ByteBuffer.wrap(text), true);
            }
        }
    }

    @Override
    public void pauseReading() {
        pauses++;
    }

    @Override
    public void resumeReading() {
        loop.execute(() -> {
            pauses--;
            if (begun) {
                read();
            }
        });
    }

    // ---- writing

    @Override
    public boolean sendPart(Payload bytes, Part part, Runnable whenTaken) {
        if (ended || closing) {
            return false;
        }
        if (part.first()) {
            message.reset();
        }
        message.writeBytes(bytes.whole());
        if (part.last()) {
            said(message.toByteArray());
        }
        if (time.millis() < slowUntil) {
            unsent = bytes.length();
            time.at(
                    slowUntil,
                    () -> node.run(() -> {
                        unsent = 0;
                        if (!ended) {
                            whenTaken.run();
                        }
                    }));
            return false;
        }
        return true;
    }

    private void said(byte[] text) {
        JsonObject json = parse(text);
        if (json.get("data") instanceof JsonArray(var events)) {
            for (JsonValue event : events.subList(0, events.size() - 1)) {
                said(((JsonObject) event).with(SimulatedClient.MORE, JsonBoolean.TRUE));
            }
            said((JsonObject) events.getLast());
        } else {
            said(json);
        }
    }

    private void said(JsonObject said) {
        if (said.get("serverClock") instanceof JsonNumber(double clock)) {
            Violation.unless(past.hasReached((long) clock), "%s is sent what is not stored: %s", client.name(), said);
        }
        down(() -> client.receive(this, said));
    }

    @Override
    public long unsent() {
        return unsent;
    }

    @Override
    public void close(int code, String reason) {
        if (ended || closing) {
            return;
        }
        Violation.unless(code != Protocol.FATAL_CLOSE_CODE, "%s was refused: %s", client.name(), reason);
        trace.add("%s is closed by %s: %d", client.name(), node, code);
        closing = true;
        down(() -> client.lost(this));
        time.after(upBroken || downBroken ? CLOSING : 2 * LATENCY, () -> node.run(this::end));
    }

    @Override
    public void drop() {
        down(() -> client.lost(this));
        end();
    }

    private void down(Runnable arrival) {
        lastDown = Math.max(lastDown, Math.max(slowUntil, time.millis()) + 1 + random.nextInt(LATENCY));
        time.at(lastDown, () -> {
            if (!downBroken) {
                arrival.run();
            }
        });
    }

    // ---- the end

    private void end() {
        ended = true;
        node.sockets().remove(this);
        if (!opening) {
            tell();
        }
    }

    /** On the loop that serves it, once. */
    private void tell() {
        Attendance who = attendance;
        if (who != null && !told) {
            told = true;
            loop.execute(who::closed);
        }
    }

    // ---- the network

    /** The client takes nothing for a while. */
    void slowDown(int millis) {
        slowUntil = time.millis() + millis;
    }

    /** The way to the node breaks; the client may go on hearing for a while. */
    void breakUp() {
        upBroken = true;
        time.after(random.nextInt(3_000), this::cut);
        time.after(random.nextInt(3_000), () -> node.run(this::end));
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
        time.after(random.nextInt(200), () -> {
            downBroken = true;
            client.lost(this);
        });
    }

    private static JsonObject parse(byte[] text) {
        try {
            return ((JsonObject) Json.parse(text)).without("schema");
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
    }
}
