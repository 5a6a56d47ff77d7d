package dev.drawbridge.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A client that takes part in a room: it pushes, and remembers how each push was answered. */
final class Client implements Guest {
    static final String CURRENT_SCHEMA =
            TldrawSchema.create().serialize().json().toString();

    private static final Pattern RESULT = Pattern.compile(
            "\"type\":\"push_result\",\"clientClock\":(\\d+),\"serverClock\":\\d+,\"action\":(\"\\w+\"|\\{)");
    private static final byte[] RESULT_BEGINS = "\"type\":\"push_result\"".getBytes(StandardCharsets.UTF_8);

    private final RawSocket socket;
    private final Consumer<byte[]> hears;
    private final AtomicInteger clientClock = new AtomicInteger();
    private final Map<Integer, String> results = new ConcurrentHashMap<>();
    private final AtomicInteger pongs = new AtomicInteger();
    private final AtomicLong heardBytes = new AtomicLong();
    private volatile byte @Nullable [] hydration;

    private Client(RawSocket socket, Consumer<byte[]> hears) {
        this.socket = socket;
        this.hears = hears;
    }

    /** Opens a socket into a room and asks to join, as a client of this schema; it reads at this pace. */
    static Client open(int port, String roomAndQuery, String schema, Pace reading, Consumer<byte[]> hears)
            throws IOException {
        Client client = openSilently(port, roomAndQuery, reading, hears);
        client.socket.send(connectMessage(schema));
        return client;
    }

    /** Opens a socket that has not said anything yet. */
    static Client openSilently(int port, String roomAndQuery, Pace reading, Consumer<byte[]> hears) throws IOException {
        Client client = new Client(RawSocket.open(port, "/connect/" + roomAndQuery), hears);
        client.socket.listen(reading, client.new Ears());
        return client;
    }

    static String connectMessage(String schema) {
        return "{\"type\":\"connect\",\"connectRequestId\":\"r\",\"protocolVersion\":8,\"lastServerClock\":-1,\"schema\":"
                + schema + "}";
    }

    private final class Ears implements FrameReader.Listener {
        @Override
        public void message(byte[] utf8) {
            heardBytes.addAndGet(utf8.length);
            String beginning = new String(utf8, 0, Math.min(utf8.length, 20), StandardCharsets.UTF_8);
            if (beginning.startsWith("{\"type\":\"pong\"")) {
                pongs.incrementAndGet();
            } else if (beginning.startsWith("{\"type\":\"connect\"")) {
                hears.accept(utf8);
                hydration = utf8;
                return;
            }
            results(utf8);
            hears.accept(utf8);
        }

        @Override
        public void ping(byte[] payload) {
            socket.pong(payload);
        }
    }

    private void results(byte[] utf8) {
        for (int at = Bytes.indexOf(utf8, RESULT_BEGINS, 0); at >= 0; at = Bytes.indexOf(utf8, RESULT_BEGINS, at + 1)) {
            String result = new String(utf8, at, Math.min(200, utf8.length - at), StandardCharsets.UTF_8);
            Matcher matcher = RESULT.matcher(result);
            if (matcher.lookingAt()) {
                String action = matcher.group(2);
                results.put(
                        Integer.parseInt(matcher.group(1)), action.equals("{") ? "rebase" : action.replace("\"", ""));
            }
        }
    }

    RawSocket socket() {
        return socket;
    }

    Client awaitJoined(Duration atMost) {
        assertThat(awaitJoinedOrEnded(atMost))
                .as("joined; ended as %s", socket.ending())
                .isTrue();
        return this;
    }

    boolean isJoined() {
        return hydration != null;
    }

    /** Waits until it is in the room, or out. */
    boolean awaitJoinedOrEnded(Duration atMost) {
        Wait.forThat("the answer to connect", atMost)
                .until(() -> isJoined() || socket.ending().isPresent());
        return isJoined();
    }

    /** What the room was when it was joined. */
    byte[] hydration() {
        byte[] told = hydration;
        return told == null ? new byte[0] : told;
    }

    /** Pushes a diff; returns its clock. */
    int push(String diff) {
        return push(diff, Pace.unlimited());
    }

    /** Pushes a diff, and sends it at that pace. */
    int push(String diff, Pace sending) {
        int clock = clientClock.incrementAndGet();
        socket.send(pushMessage(clock, "\"diff\":" + diff).getBytes(StandardCharsets.UTF_8), sending);
        return clock;
    }

    /** Pushes a diff in chunks, each at most so long, and sends them at that pace (§2). */
    int pushInChunks(String diff, int chunkLength, Pace sending) {
        int clock = clientClock.incrementAndGet();
        String message = pushMessage(clock, "\"diff\":" + diff);
        int chunks = (message.length() + chunkLength - 1) / chunkLength;
        for (int chunk = 0; chunk < chunks; chunk++) {
            int from = chunk * chunkLength;
            String part = message.substring(from, Math.min(message.length(), from + chunkLength));
            socket.send((chunks - 1 - chunk + "_" + part).getBytes(StandardCharsets.UTF_8), sending);
        }
        return clock;
    }

    /** The clock of the last push. */
    int clientClock() {
        return clientClock.get();
    }

    static String pushMessage(int clock, String content) {
        return "{\"type\":\"push\",\"clientClock\":" + clock + "," + content + "}";
    }

    /** Pushes a presence; returns its clock. */
    int pushPresence(JsonObject presence) {
        int clock = clientClock.incrementAndGet();
        socket.send(pushMessage(clock, "\"presence\":[\"put\"," + presence + "]"));
        return clock;
    }

    void ping() {
        socket.send("{\"type\":\"ping\"}");
    }

    /** Pings every five seconds, as tldraw's clients do: who is silent for long is taken for lost. */
    Client keepAlive() {
        Thread.startVirtualThread(() -> {
            Pace pace = Pace.of(0.2);
            while (socket.ending().isEmpty()) {
                ping();
                pace.did(1);
            }
        });
        return this;
    }

    int pongs() {
        return pongs.get();
    }

    long heardBytes() {
        return heardBytes.get();
    }

    int answers() {
        return results.size();
    }

    long commits() {
        return results.values().stream().filter("commit"::equals).count();
    }

    /** How a push was answered, when it was. */
    Optional<String> result(int clock) {
        return Optional.ofNullable(results.get(clock));
    }

    /** Waits for the answer to a push, or the end of the connection. */
    Answer awaitAnswer(int clock, Duration atMost) {
        Wait.forThat("the answer to push " + clock, atMost)
                .until(() -> results.containsKey(clock) || socket.ending().isPresent());
        String result = results.get(clock);
        return result == null
                ? new Answer("", Optional.of(socket.awaitEnding(atMost)))
                : new Answer(result, Optional.empty());
    }

    /** What became of a push: its result, or how the connection ended instead. */
    record Answer(String result, Optional<Ending> ending) {
        boolean isResult() {
            return ending.isEmpty();
        }

        boolean isRefusal(String... reasons) {
            return ending.filter(end -> Stream.of(reasons).anyMatch(end::isRefusal))
                    .isPresent();
        }

        /** It was told what it has done wrong. */
        boolean isRefusalOfTooMuch() {
            return isRefusal("INVALID_RECORD", "RATE_LIMITED", "MESSAGE_TOO_LARGE");
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
