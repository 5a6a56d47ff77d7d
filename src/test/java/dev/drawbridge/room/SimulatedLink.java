package dev.drawbridge.room;

import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.protocol.FrameDecoder;
import dev.drawbridge.protocol.Limits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One socket with its two directions. What is under way arrives in order or not at all; a direction that has been cut
 * still delivers what was sent before, then tells its receiver that the socket is gone.
 */
final class SimulatedLink implements Connection {
    private final SimulatedClient client;
    private final FrameDecoder decoder = new FrameDecoder(Limits.DEFAULT.message());
    private final Deque<ToServer> toServer = new ArrayDeque<>();
    private final Deque<ToClient> toClient = new ArrayDeque<>();
    /** The results of pushes that were dropped; none while nothing is. */
    private @Nullable List<JsonObject> folded;

    private long foldedAt;
    private OptionalLong clockRead = OptionalLong.empty();
    private boolean clientHasClosed;
    private boolean serverHasClosed;

    sealed interface ToServer {
        record Open() implements ToServer {}

        record Frame(String text) implements ToServer {}

        record Gone() implements ToServer {}
    }

    sealed interface ToClient {
        record Message(JsonObject json) implements ToClient {}

        record Closed(Effect.Close close) implements ToClient {}
    }

    SimulatedLink(SimulatedClient client) {
        this.client = client;
        toServer.add(new ToServer.Open());
    }

    SimulatedClient client() {
        return client;
    }

    FrameDecoder decoder() {
        return decoder;
    }

    Deque<ToServer> toServer() {
        return toServer;
    }

    Deque<ToClient> toClient() {
        return toClient;
    }

    boolean serverHasClosed() {
        return serverHasClosed;
    }

    boolean isQuiet() {
        return toServer.isEmpty() && toClient.isEmpty();
    }

    void sendToServer(String frame) {
        if (!clientHasClosed) {
            toServer.add(new ToServer.Frame(frame));
        }
    }

    void sendToClient(ToClient message) {
        if (clientHasClosed) {
            return;
        }
        if (folded != null && message instanceof ToClient.Message(JsonObject json) && isData(json)) {
            drop(json, folded);
        } else {
            toClient.add(message);
        }
    }

    /** The oldest message that is under way to the client arrives. */
    ToClient deliver() {
        ToClient message = toClient.remove();
        OptionalLong clock = clockOf(message);
        clockRead = clock.isPresent() ? clock : clockRead;
        return message;
    }

    // ---- what waits for a slow client

    /** Something is under way to the client. */
    boolean isWaitedFor() {
        return !toClient.isEmpty();
    }

    boolean isFolded() {
        return folded != null && !serverHasClosed && !clientHasClosed;
    }

    /**
     * Drops the events that wait after the last other message with a clock, and all that come, until {@link #unfold}. Answers
     * the clock that the client will have reached by then; empty when there is nothing to be dropped.
     */
    OptionalLong fold() {
        if (folded != null || clientHasClosed || serverHasClosed) {
            return OptionalLong.empty();
        }
        OptionalLong reached = clockRead;
        List<JsonObject> results = new ArrayList<>();
        Deque<ToClient> kept = new ArrayDeque<>();
        boolean hydrates = false;
        for (ToClient each : toClient) {
            hydrates |= isHydration(each);
        }
        for (ToClient each : toClient) {
            if (isHydration(each)) {
                hydrates = false;
                kept.add(each);
                reached = clockOf(each);
            } else if (!hydrates && each instanceof ToClient.Message(JsonObject json) && isData(json)) {
                drop(json, results);
            } else {
                kept.add(each);
            }
        }
        if (reached.isEmpty()) {
            return OptionalLong.empty();
        }
        toClient.clear();
        toClient.addAll(kept);
        folded = results;
        foldedAt = reached.getAsLong();
        return reached;
    }

    /** What comes next makes good for all that was dropped. */
    void unfold() {
        List<JsonObject> results = Objects.requireNonNull(folded, "nothing was dropped");
        folded = null;
        JsonNumber clock = new JsonNumber(foldedAt);
        results.forEach(result -> sendToClient(new ToClient.Message(result.with("serverClock", clock))));
    }

    private static void drop(JsonObject event, List<JsonObject> results) {
        if (event.has("action")) {
            results.add(event.with("action", new JsonString("discard")));
        }
    }

    private static boolean isData(JsonObject message) {
        return message.has("action") || "patch".equals(message.string("type"));
    }

    private static boolean isHydration(ToClient message) {
        return message instanceof ToClient.Message(JsonObject json) && "connect".equals(json.string("type"));
    }

    private static OptionalLong clockOf(ToClient message) {
        return message instanceof ToClient.Message(JsonObject json)
                        && json.get("serverClock") instanceof JsonNumber(double clock)
                ? OptionalLong.of((long) clock)
                : OptionalLong.empty();
    }

    /** The client lets go of it: what was under way to it is lost, and all but the first messages to the server. */
    void closedByClient(int arriving) {
        clientHasClosed = true;
        toClient.clear();
        keepFirst(toServer, arriving);
        toServer.add(new ToServer.Gone());
    }

    /** The server lets go of it: what is under way to the client arrives, but for what the network loses. */
    void closedByServer(Effect.Close close, int arriving) {
        if (!serverHasClosed) {
            serverHasClosed = true;
            keepFirst(toClient, arriving);
            sendToClient(new ToClient.Closed(close));
        }
    }

    private static void keepFirst(Deque<?> queue, int count) {
        while (queue.size() > count) {
            queue.removeLast();
        }
    }
}
