package dev.drawbridge.room;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.protocol.FrameDecoder;
import dev.drawbridge.protocol.FrameLimits;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One socket with its two directions. What is under way arrives in order or not at all; a direction that has been cut
 * still delivers what was sent before, then tells its receiver that the socket is gone.
 */
final class SimulatedLink implements Connection {
    private final SimulatedClient client;
    private final FrameDecoder decoder = new FrameDecoder(FrameLimits.DEFAULT);
    private final Deque<ToServer> toServer = new ArrayDeque<>();
    private final Deque<ToClient> toClient = new ArrayDeque<>();
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
        if (!clientHasClosed) {
            toClient.add(message);
        }
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
