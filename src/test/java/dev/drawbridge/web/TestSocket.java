package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A client of a running server that says what the test tells it to, well-behaved or not. */
public final class TestSocket implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final WebSocket socket;
    private final Inbox inbox;

    record Closed(int code, String reason) {}

    private TestSocket(WebSocket socket, Inbox inbox) {
        this.socket = socket;
        this.inbox = inbox;
    }

    /** Opens a socket that reads whatever comes. */
    static TestSocket open(int port, String pathAndQuery) {
        return open(port, pathAndQuery, true);
    }

    /** Opens a socket with a header of one's own. */
    static TestSocket open(int port, String pathAndQuery, String header, String value) {
        return open(port, pathAndQuery, true, HTTP.newWebSocketBuilder().header(header, value));
    }

    /** Opens a socket that reads nothing. */
    static TestSocket openDeaf(int port, String pathAndQuery) {
        return open(port, pathAndQuery, false);
    }

    private static TestSocket open(int port, String pathAndQuery, boolean reading) {
        return open(port, pathAndQuery, reading, HTTP.newWebSocketBuilder());
    }

    private static TestSocket open(int port, String pathAndQuery, boolean reading, WebSocket.Builder builder) {
        return open(URI.create("ws://127.0.0.1:" + port + pathAndQuery), reading, builder);
    }

    private static TestSocket open(URI uri, boolean reading, WebSocket.Builder builder) {
        Inbox inbox = new Inbox(reading);
        WebSocket socket = builder.buildAsync(uri, inbox).join();
        return new TestSocket(socket, inbox);
    }

    /** Opens a socket to a server that speaks TLS. */
    static TestSocket openSecure(HttpClient client, int port, String pathAndQuery) {
        return open(URI.create("wss://127.0.0.1:" + port + pathAndQuery), true, client.newWebSocketBuilder());
    }

    /** Opens a socket and passes the handshake. */
    public static TestSocket join(int port, String room, String sessionId) {
        TestSocket socket = open(port, "/connect/" + room + "?sessionId=" + sessionId);
        socket.connect();
        return socket;
    }

    JsonObject connect() {
        send(connectMessage());
        return await(message -> "connect".equals(message.string("type")));
    }

    static String connectMessage() {
        return "{\"type\":\"connect\",\"connectRequestId\":\"r\",\"protocolVersion\":8,\"lastServerClock\":-1,\"schema\":"
                + TldrawSchema.create().serialize().json() + "}";
    }

    void send(String text) {
        socket.sendText(text, true).join();
    }

    /** Sends a part of a frame; more is to follow. */
    void sendPart(String text) {
        socket.sendText(text, false).join();
    }

    void sendBinary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    /** Pushes a page with this name under this id and waits for the verdict. */
    public String push(int clientClock, String pageId, String name) {
        send(putPage(clientClock, pageId, name));
        return await(message -> "data".equals(message.string("type"))
                        && message.toString().contains("\"clientClock\":" + clientClock + ","))
                .toString();
    }

    static String putPage(int clientClock, String pageId, String name) {
        return """
                {"type":"push","clientClock":%d,"diff":{"page:%s":["put",\
                {"id":"page:%s","typeName":"page","name":"%s","index":"a1","meta":{}}]}}""".formatted(clientClock, pageId, pageId, name);
    }

    boolean isClosed() {
        return inbox.closed.isDone();
    }

    /** Waits for a message; fails at once when the socket is closed without it. */
    JsonObject await(Predicate<JsonObject> wanted) {
        return inbox.await(wanted);
    }

    public List<JsonObject> messages() {
        return inbox.messages;
    }

    Closed awaitClose() {
        Awaitility.await().atMost(LIMIT).until(inbox.closed::isDone);
        return inbox.closed.join();
    }

    void assertAlive() {
        int before = pongs();
        send("{\"type\":\"ping\"}");
        Awaitility.await().atMost(LIMIT).until(() -> pongs() > before);
        assertThat(inbox.closed).isNotDone();
    }

    private int pongs() {
        return (int) inbox.messages.stream()
                .filter(message -> "pong".equals(message.string("type")))
                .count();
    }

    /** Goes without a word. */
    @Override
    public void close() {
        socket.abort();
    }

    private static final class Inbox implements WebSocket.Listener {
        private final List<JsonObject> messages = new CopyOnWriteArrayList<>();
        private final CompletableFuture<Closed> closed = new CompletableFuture<>();
        private final StringBuilder partial = new StringBuilder();
        private final boolean reading;
        private final Lock lock = new ReentrantLock();
        private final Condition news = lock.newCondition();

        Inbox(boolean reading) {
            this.reading = reading;
        }

        JsonObject await(Predicate<JsonObject> wanted) {
            lock.lock();
            try {
                long patience = LIMIT.toNanos();
                for (int seen = 0; ; ) {
                    for (; seen < messages.size(); seen++) {
                        if (wanted.test(messages.get(seen))) {
                            return messages.get(seen);
                        }
                    }
                    if (closed.isDone()) {
                        throw new IllegalStateException("closed: " + closed.join());
                    }
                    if (patience <= 0) {
                        throw new IllegalStateException("no such message within " + LIMIT);
                    }
                    patience = news.awaitNanos(patience);
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                lock.unlock();
            }
        }

        private void tell(Runnable change) {
            lock.lock();
            try {
                change.run();
                news.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void onOpen(WebSocket socket) {
            if (reading) {
                socket.request(Long.MAX_VALUE);
            }
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                String text = partial.toString();
                partial.setLength(0);
                tell(() -> messages.add(parsed(text)));
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            tell(() -> closed.complete(new Closed(code, reason)));
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            tell(() -> closed.complete(new Closed(1006, error.toString())));
        }

        private static JsonObject parsed(String text) {
            try {
                return (JsonObject) Json.parse(text);
            } catch (JsonException e) {
                throw new IllegalStateException(text, e);
            }
        }
    }
}
