package dev.drawbridge.agents;

import dev.drawbridge.host.ClientSocket.Part;
import dev.drawbridge.host.Entrance;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.protocol.Payload;
import dev.drawbridge.protocol.Protocol;
import dev.drawbridge.room.Visitor;
import dev.drawbridge.schema.SerializedSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What an agent and a room say to each other, from its coming in to the end of the connection. Its methods may wait, unless
 * they say that they do not: they are for virtual threads.
 */
final class Conversation implements AutoCloseable {
    private static final byte[] PING =
            Json.encode(JsonObject.builder().put("type", "ping").build());

    /** What is longer is not looked through on a loop. */
    private static final int SHORT = 64 << 10;

    /** The longest beginning of the answer to a connect, with its schema; there are few bytes beside that. */
    private static final int LONGEST_HEAD = 256 << 10;

    private final Executor background;
    private final Duration patience;
    private final AgentSocket socket = new AgentSocket(new Hearer());
    private final CompletableFuture<Heard.Connected> connected = new CompletableFuture<>();
    private final Map<Long, CompletableFuture<Heard.Result>> pushes = new ConcurrentHashMap<>();
    private final AtomicLong clientClock = new AtomicLong();
    private volatile @Nullable LostException end;
    private volatile Optional<Heard.Full> full = Optional.empty();
    private volatile long serverClock;

    /** What has come of an answer to the connect that comes in parts; for the loop. */
    private final ByteArrayOutputStream head = new ByteArrayOutputStream(0);

    private Conversation(Executor background, Duration patience) {
        this.background = background;
        this.patience = patience;
    }

    /**
     * Enters a room.
     *
     * @param background runs what may take long: what is heard is read there
     * @param sinceClock the room's clock: what was changed before is not told
     */
    static Conversation begin(
            Entrance entrance,
            String roomId,
            Visitor visitor,
            SerializedSchema schema,
            long sinceClock,
            Executor background,
            Duration patience)
            throws LostException {
        Conversation conversation = new Conversation(background, patience);
        conversation.socket.opened(entrance.join(roomId, visitor, conversation.socket));
        conversation.socket.say(Json.encode(JsonObject.builder()
                .put("type", "connect")
                .put("connectRequestId", "agent")
                .put("protocolVersion", Protocol.VERSION)
                .put("lastServerClock", sinceClock)
                .put("schema", schema.json())
                .build()));
        conversation.await(conversation.connected);
        return conversation;
    }

    /** What was said when it came in. */
    Heard.Connected welcome() {
        return connected.join();
    }

    /** The room's clock, as it was told last with an answer. */
    long serverClock() {
        return serverClock;
    }

    boolean isOver() {
        return end != null;
    }

    /**
     * Pushes; ends when what was pushed is stored.
     *
     * @param diff operations by the ids of records; null for none
     * @param presence where the agent is; null for where it was
     */
    Heard.Result push(@Nullable JsonObject diff, @Nullable JsonValue presence) throws LostException {
        return push(encoded(diff, presence));
    }

    /** A push message as it is said next: it is this one's turn, or nobody's. */
    Message encoded(@Nullable JsonObject diff, @Nullable JsonValue presence) {
        long clock = clientClock.incrementAndGet();
        JsonObject.Builder message = JsonObject.builder().put("type", "push").put("clientClock", clock);
        if (diff != null) {
            message.put("diff", diff);
        }
        if (presence != null) {
            message.put("presence", presence);
        }
        return new Message(clock, Json.encode(message.build()));
    }

    /** A push that is ready to be said. */
    record Message(long clientClock, byte[] text) {}

    Heard.Result push(Message message) throws LostException {
        CompletableFuture<Heard.Result> result = new CompletableFuture<>();
        pushes.put(message.clientClock, result);
        try {
            socket.say(message.text);
            return await(result);
        } finally {
            pushes.remove(message.clientClock);
        }
    }

    /** The limit by which the room has not taken what was pushed last, if that was why. */
    Optional<Heard.Full> full() {
        return full;
    }

    /** Something was taken: a limit that is hit is told of again. */
    void notFull() {
        full = Optional.empty();
    }

    /** Shows that it is there. Never waits. */
    void ping() {
        socket.say(PING);
    }

    /** Leaves the room. Never waits. */
    @Override
    public void close() {
        socket.hangUp();
    }

    /** Waits for an answer, or for the end. */
    private <T> T await(CompletableFuture<T> answer) throws LostException {
        LostException over = end;
        if (over != null) {
            answer.completeExceptionally(over); // it may have come to an end before anybody waited
        }
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LostException lost) {
                throw lost;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            close();
            throw LostException.silent("The room did not answer within " + patience.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw LostException.silent("The server is shutting down");
        }
    }

    /** Hears what the room says. */
    private final class Hearer implements AgentSocket.Hearer {

        @Override
        public boolean heard(Payload bytes, Part part, Runnable whenHeard) {
            if (!connected.isDone()) {
                hearing(() -> welcomed(bytes, part));
                return true;
            }
            if (!part.equals(Part.WHOLE)) {
                return true; // the rest of what it was welcomed with
            }
            if (bytes.length() > SHORT) {
                if (pushes.isEmpty() || !Hearing.isData(bytes)) {
                    return true;
                }
                background.execute(() -> {
                    try {
                        hearing(() -> results(bytes));
                    } finally {
                        whenHeard.run();
                    }
                });
                return false;
            }
            if (Hearing.isCustom(bytes)) {
                hearing(() -> Hearing.full(bytes).ifPresent(this::take));
            } else if (!pushes.isEmpty()) {
                hearing(() -> results(bytes));
            }
            return true;
        }

        /** What is not understood is no reason to wait for ever. */
        private void hearing(Reading reading) {
            try {
                reading.read();
            } catch (IOException | JsonException | RuntimeException e) {
                over(LostException.silent(
                        "The room was not understood: " + e.getClass().getSimpleName()));
                socket.drop();
            }
        }

        private void welcomed(Payload bytes, Part part) throws IOException, JsonException {
            if (part.equals(Part.WHOLE)) {
                Hearing.connected(bytes).ifPresent(this::take); // else somebody else's presence, or a pong
                return;
            }
            bytes.slices().forEachRemaining(head::writeBytes);
            if (part.last() || head.size() >= LONGEST_HEAD) {
                Hearing.connected(Payload.of(head.toByteArray())).ifPresent(this::take);
                head.reset();
            }
        }

        private void results(Payload bytes) throws IOException, JsonException {
            if (Hearing.mayHaveResult(bytes)) {
                Hearing.results(bytes).forEach(this::take);
            }
        }

        private void take(Heard heard) {
            switch (heard) {
                case Heard.Connected welcome -> {
                    serverClock = welcome.serverClock();
                    connected.complete(welcome);
                }
                case Heard.Result result -> {
                    serverClock = result.serverClock();
                    CompletableFuture<Heard.Result> push = pushes.get(result.clientClock());
                    if (push != null) {
                        push.complete(result);
                    }
                }
                case Heard.Full notice -> full = Optional.of(notice);
            }
        }

        @Override
        public void ended(int code, String reason) {
            over(LostException.closed(code, reason));
        }

        private void over(LostException why) {
            end = why;
            connected.completeExceptionally(why);
            pushes.values().forEach(push -> push.completeExceptionally(why));
        }
    }

    /** Reads something that was heard. */
    @FunctionalInterface
    private interface Reading {
        void read() throws IOException, JsonException;
    }
}
