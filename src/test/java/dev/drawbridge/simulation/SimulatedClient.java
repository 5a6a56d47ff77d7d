package dev.drawbridge.simulation;

import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.protocol.ClientMessage;
import dev.drawbridge.protocol.Protocol;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A tldraw client: it shows its own changes at once, pushes them, and rebases what is unanswered onto what comes from the
 * server. After a lost connection it resumes at the last server clock that it has seen.
 */
public final class SimulatedClient {
    private static final JsonObject SCHEMA = TldrawSchema.create().serialize().json();
    /** A member of an event behind which there are more in the same message. */
    public static final String MORE = "more";

    private static final int PATIENCE = 2_500;

    private final String name;
    private final VirtualTime time;
    private final RandomGenerator random;
    private final Past store;
    private final Ledger ledger;
    private final Trace trace;
    private final Function<SimulatedClient, Line> dialer;
    private final Edits edits;

    /** What the server has said. */
    private Board confirmed = new Board();
    /** What the person sees: that, and the changes of this client which the server has not answered yet. */
    private Board shown = new Board();

    private final Deque<Push> pending = new ArrayDeque<>();
    private final Board others = new Board();
    private long presence;
    private long lastServerClock = -1;
    private long clientClock;

    private @Nullable Line link;
    private boolean hasLeft;
    private boolean hurries;
    private boolean joined;
    private long clockOfConnection;
    private long lastHeard;

    /** A push that is not answered, with the versions of this client's own records that it is about. */
    private record Push(long at, long clientClock, Optional<JsonObject> diff, Map<String, Long> versions) {}

    public SimulatedClient(
            String name,
            VirtualTime time,
            RandomGenerator random,
            Past store,
            Ledger ledger,
            Trace trace,
            Function<SimulatedClient, Line> dialer) {
        this.name = name;
        this.time = time;
        this.random = random;
        this.store = store;
        this.ledger = ledger;
        this.trace = trace;
        this.dialer = dialer;
        this.edits = new Edits(name, random, ledger);
        redialLater();
        ping();
    }

    public String name() {
        return name;
    }

    public Board shown() {
        return shown;
    }

    public Board others() {
        return others;
    }

    public JsonObject presence() {
        return Edits.presence(name, presence);
    }

    @Nullable
    public Line link() {
        return link;
    }

    /** Whether everything that this client did is acknowledged, as far as it knows. */
    public boolean isSettled() {
        return joined && pending.isEmpty();
    }

    /** How long it has waited for an answer over the connection that it has, in milliseconds. */
    public long waits() {
        Push oldest = pending.peek();
        return oldest == null ? 0 : time.millis() - oldest.at;
    }

    // ---- the connection

    private void dial() {
        Line dialed = dialer.apply(this);
        trace.add("%s connects at clock %d", name, lastServerClock);
        link = dialed;
        lastHeard = time.millis();
        dialed.send(new ClientMessage.Connect(
                new JsonString("request"), JsonNumber.of(Protocol.VERSION), SCHEMA, JsonNumber.of((double)
                        lastServerClock)));
    }

    /** Mostly soon; now and then so late that the room is put away meanwhile. */
    private void redialLater() {
        time.after(100 + random.nextInt(!hurries && random.nextInt(5) == 0 ? 5_000 : 900), () -> {
            if (link == null && !hasLeft) {
                dial();
            }
        });
    }

    /** The connection is lost, or given up. What was not answered stays on the screen and is pushed again later. */
    public void lost(Line lostLink) {
        if (lostLink == link) {
            trace.add("%s is disconnected", name);
            link = null;
            joined = false;
            pending.clear();
            redialLater();
        }
    }

    public void hangUp() {
        Line current = link;
        if (current != null) {
            current.hangUp();
            lost(current);
        }
    }

    /** From now on it never waits long before it connects again. */
    public void hurry() {
        hurries = true;
    }

    /** Hangs up, and does not come back. */
    public void leave() {
        hasLeft = true;
        hangUp();
    }

    private void ping() {
        if (link != null && time.millis() - lastHeard > PATIENCE) {
            hangUp();
        } else if (link != null && joined) {
            link.send(new ClientMessage.Ping());
        }
        time.after(1_000, this::ping);
    }

    // ---- what the person does

    public void edit() {
        if (shown.records().isEmpty()) {
            return; // a whiteboard that was never loaded
        }
        Board after = shown.copy();
        edits.make(after);
        JsonObject diff = shown.diffTo(after);
        shown = after;
        trace.add("%s draws %s", name, diff);
        if (joined && !diff.isEmpty()) {
            push(Optional.of(diff));
        }
    }

    public void move() {
        presence++;
        if (joined) {
            push(Optional.empty());
        }
    }

    private void push(Optional<JsonObject> diff) {
        Map<String, Long> versions = new TreeMap<>();
        diff.orElse(JsonObject.EMPTY).keys().stream()
                .filter(edits::isOwn)
                .forEach(id -> versions.put(id, ledger.versionOn(id, shown)));
        Push push = new Push(time.millis(), clientClock++, diff, versions);
        pending.add(push);
        JsonValue pushedPresence = diff.isEmpty() || random.nextBoolean() ? Edits.put(presence()) : null;
        if (link != null) {
            link.send(new ClientMessage.Push(
                    JsonNumber.of((double) push.clientClock), diff.orElse(null), pushedPresence));
        }
    }

    // ---- what the server says

    public void receive(Line from, JsonObject message) {
        if (from != link) {
            return;
        }
        lastHeard = time.millis();
        switch (String.valueOf(message.string("type"))) {
            case "connect" -> welcome(message);
            case "patch" -> patched(message);
            case "push_result" -> answered(message);
            default -> {
                // a pong
            }
        }
    }

    private void welcome(JsonObject message) {
        boolean wipeAll = "wipe_all".equals(message.string("hydrationType"));
        Violation.unless(
                wipeAll || !store.isLost(lastServerClock) || store.isLost(serverClock(message)),
                "%s has seen clock %d, which was lost, and is not wiped by %s",
                name,
                lastServerClock,
                message);
        Map<String, Optional<JsonObject>> mine = confirmed.changesTo(shown);
        others.records().clear();
        if (wipeAll) {
            confirmed = new Board();
        }
        apply(object(message, "diff"));
        joined = true;
        clockOfConnection = 0;
        arrived(message);
        shown = confirmed.copy();
        shown.make(mine);
        JsonObject diff = confirmed.diffTo(shown);
        if (!diff.isEmpty()) {
            push(Optional.of(diff));
        }
        push(Optional.empty());
    }

    private void patched(JsonObject message) {
        apply(object(message, "diff"));
        arrived(message);
        rebase();
    }

    private void answered(JsonObject message) {
        Push push = pending.poll();
        Violation.unless(push != null, "%s has pushed nothing that is unanswered, and gets %s", name, message);
        Violation.unless(
                JsonNumber.of((double) push.clientClock).equals(message.get("clientClock")),
                "%s waits for the answer to push %d and gets %s",
                name,
                push.clientClock,
                message);
        JsonObject effect =
                switch (message.get("action")) {
                    case JsonString(String action) when action.equals("commit") -> push.diff.orElse(JsonObject.EMPTY);
                    case JsonObject action -> object(action, "rebaseWithDiff");
                    case null, default -> JsonObject.EMPTY;
                };
        // What waited for one that reads slowly is told anew, behind such answers in the same message [§21.12].
        boolean isToldAnew =
                "discard".equals(text(message.get("action"))) && JsonBoolean.TRUE.equals(message.get(MORE));
        push.diff.ifPresent(diff -> Violation.unless(
                isToldAnew || effect.keys().containsAll(push.versions.keySet()),
                "%s has pushed %s and owns some of it, and gets %s",
                name,
                diff,
                message));
        confirmed.apply(effect);
        arrived(message);
        if (!store.isLost(lastServerClock)) {
            push.versions.forEach(ledger::acknowledged);
        }
        rebase();
    }

    private void apply(JsonObject diff) {
        for (Map.Entry<String, JsonValue> op : diff.entries()) {
            Board board = op.getKey().startsWith("instance_presence:") ? others : confirmed;
            board.apply(JsonObject.of(op.getKey(), op.getValue()));
        }
    }

    private void rebase() {
        shown = confirmed.copy();
        pending.forEach(push -> push.diff.ifPresent(shown::apply));
    }

    private void arrived(JsonObject message) {
        lastServerClock = serverClock(message);
        trace.add("%s has got %s", name, message);
        Violation.unless(
                lastServerClock >= clockOfConnection,
                "%s was at clock %d and is led back by %s",
                name,
                clockOfConnection,
                message);
        clockOfConnection = lastServerClock;
        store.storedAt(lastServerClock)
                .ifPresent(stored -> Violation.unless(
                        confirmed.records().equals(stored),
                        "%s shows at clock %d %s but stored was %s",
                        name,
                        lastServerClock,
                        confirmed,
                        new TreeMap<>(stored)));
    }

    private static String text(@Nullable JsonValue value) {
        return value instanceof JsonString(String text) ? text : "";
    }

    private static long serverClock(JsonObject message) {
        return message.get("serverClock") instanceof JsonNumber(double clock) ? (long) clock : -1;
    }

    private static JsonObject object(JsonObject parent, String key) {
        return parent.get(key) instanceof JsonObject object ? object : JsonObject.EMPTY;
    }
}
