package dev.drawbridge.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drawbridge.host.Attendance;
import dev.drawbridge.host.ClientSocket;
import dev.drawbridge.host.ClientSocket.Part;
import dev.drawbridge.host.HandExecutor;
import dev.drawbridge.host.HandLoop;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.protocol.DataEvent.Verdict;
import dev.drawbridge.protocol.Limit;
import dev.drawbridge.protocol.ObjectAccess;
import dev.drawbridge.protocol.Payload;
import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.room.Visitor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A conversation of an agent with a room")
class ConversationTest {
    private static final String WELCOME =
            "{'type':'connect','connectRequestId':'agent','hydrationType':'wipe_presence',"
                    + "'protocolVersion':8,'schema':{'schemaVersion':2,'sequences':{'diff':1}},'serverClock':7,"
                    + "'isReadonly':false,'objectAccess':'read','diff':{";

    private final HandLoop loop = new HandLoop();
    private final HandExecutor background = new HandExecutor();
    private final HandRoom room = new HandRoom();

    /** A room that says what the test says. */
    private static final class HandRoom implements Attendance {
        final List<String> heard = new ArrayList<>();
        final List<Integer> parts = new ArrayList<>();
        private final StringBuilder message = new StringBuilder();
        private @Nullable ClientSocket socket;
        boolean closed;
        int pauseAfterParts = Integer.MAX_VALUE;

        @Override
        public void received(ByteBuffer bytes, boolean last) {
            parts.add(bytes.remaining());
            message.append(StandardCharsets.US_ASCII.decode(bytes));
            if (last) {
                heard.add(message.toString());
                message.setLength(0);
            }
            if (parts.size() == pauseAfterParts) {
                socket().pauseReading();
            }
        }

        ClientSocket socket() {
            return Objects.requireNonNull(socket);
        }

        @Override
        public void closed() {
            closed = true;
        }

        boolean says(String text) {
            return socket().send(payload(text), () -> {});
        }
    }

    private static Payload payload(String text) {
        return Payload.of(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private FutureTask<Conversation> begin(Consumer<ClientSocket> whileEntering) {
        return started(() -> Conversation.begin(
                (roomId, visitor, socket) -> {
                    socket.serveOn(new HandLoop()); // where it was asked first, and is not
                    socket.serveOn(loop);
                    room.socket = socket;
                    whileEntering.accept(socket);
                    return Optional.of(room);
                },
                "room",
                Visitor.unknown("s", false),
                AgentsFixture.SCHEMA.serialize(),
                7,
                background,
                Duration.ofSeconds(20)));
    }

    private static <T> FutureTask<T> started(Callable<T> task) {
        FutureTask<T> future = new FutureTask<>(task);
        Thread.startVirtualThread(future);
        return future;
    }

    /** Runs the loop until something is so. */
    private void until(BooleanSupplier condition) {
        Awaitility.await().until(() -> {
            loop.run();
            return condition.getAsBoolean();
        });
    }

    private static <T> T get(FutureTask<T> future) {
        try {
            return future.get(20, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private Conversation begun() {
        FutureTask<Conversation> conversation = begin(socket -> {});
        until(() -> room.heard.size() == 1);
        room.says(WELCOME + "}}");
        return get(conversation);
    }

    private FutureTask<Heard.Result> pushing(Conversation conversation, JsonObject diff) {
        int before = room.heard.size();
        FutureTask<Heard.Result> push = started(() -> conversation.push(diff, null));
        until(() -> room.heard.size() > before);
        return push;
    }

    private static JsonObject diff(int characters) {
        return JsonObject.of("x", new JsonString("x".repeat(characters)));
    }

    @Test
    @DisplayName("begins with the clock that is known, and knows from the answer what may be done")
    void begins() {
        Conversation conversation = begun();
        assertThat(room.heard).singleElement().asString().contains("\"lastServerClock\":7", "\"type\":\"connect\"");
        assertThat(conversation.welcome()).isEqualTo(new Heard.Connected(7, false, ObjectAccess.READ));
        assertThat(conversation.serverClock()).isEqualTo(7);
    }

    @Test
    @DisplayName("looks at no more than the beginning of what it is welcomed with")
    void beginning() {
        FutureTask<Conversation> conversation = begin(socket -> {});
        until(() -> room.heard.size() == 1);
        AtomicInteger slices = new AtomicInteger();
        room.socket().send(new Endless(WELCOME, slices), () -> {});
        assertThat(get(conversation).welcome().serverClock()).isEqualTo(7);
        assertThat(slices.get()).isLessThan(20);
    }

    /** A hydration without end. */
    private record Endless(String beginning, AtomicInteger walked) implements Payload {
        @Override
        public long length() {
            return 1L << 40;
        }

        @Override
        public Iterator<byte[]> slices() {
            return new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return true;
                }

                @Override
                public byte[] next() {
                    walked.incrementAndGet();
                    return next++ == 0
                            ? payload(beginning).whole()
                            : payload("'k" + next + "':['remove'],").whole();
                }
            };
        }
    }

    @Test
    @DisplayName("begins also when the answer comes in parts, from another node, of which the rest is not looked at")
    void parts() {
        FutureTask<Conversation> conversation = begin(socket -> {});
        until(() -> room.heard.size() == 1);
        int half = WELCOME.length() / 2;
        room.socket().sendPart(payload(WELCOME.substring(0, half)), new Part(true, false), () -> {});
        room.socket().sendPart(payload(WELCOME.substring(half)), new Part(false, false), () -> {});
        byte[] records = payload("'a':['remove'],".repeat(20_000)).whole();
        assertThat(conversation.isDone()).isFalse();
        room.socket().sendPart(Payload.of(records), new Part(false, false), () -> {});
        assertThat(get(conversation).welcome().serverClock()).isEqualTo(7);
        assertThat(room.socket().sendPart(Payload.of(records), new Part(false, false), () -> {}))
                .isTrue();
        assertThat(room.socket().sendPart(payload("'b':['remove']}}"), new Part(false, true), () -> {}))
                .isTrue();
        FutureTask<Heard.Result> push = pushing(get(conversation), diff(1));
        room.says("{'type':'data','data':[{'type':'push_result','clientClock':1,'serverClock':8,'action':'commit'}]}");
        assertThat(get(push).verdict()).isEqualTo(Verdict.COMMIT);
    }

    @Test
    @DisplayName("finds the answer to its push among what others have done, and in none of that")
    void answers() {
        Conversation conversation = begun();
        FutureTask<Heard.Result> push = pushing(conversation, diff(1));
        room.says("{'type':'pong'}");
        room.says("{'type':'data','data':[{'type':'patch','serverClock':8,'diff':{'shape:push_result':['put',{'t':"
                + "'push_result','clientClock':1,'type':'push_result'}]}}]}");
        room.says("{'type':'data','data':[{'type':'push_result','clientClock':99,'serverClock':8,'action':'commit'}]}");
        assertThat(push.isDone()).isFalse();
        room.says("{'type':'data','data':[{'type':'patch','serverClock':9,'diff':{}},{'type':'push_result',"
                + "'clientClock':1,'serverClock':10,'action':{'rebaseWithDiff':{'a':['remove'],'b':['put',{'c':[1]}]}}},"
                + "{'type':'patch','serverClock':11,'diff':{}}]}");
        assertThat(get(push)).returns(10L, Heard.Result::serverClock).returns(Verdict.REBASE, Heard.Result::verdict);
        assertThat(get(push).effects()).containsExactlyInAnyOrder("a", "b");
        assertThat(conversation.serverClock()).isEqualTo(10);
    }

    @ParameterizedTest(name = "at {0}")
    @ValueSource(ints = {1, 2, 3, 5, 7, 11, 64})
    @DisplayName("finds the answer wherever its bytes are cut")
    void cut(int size) {
        Conversation conversation = begun();
        FutureTask<Heard.Result> push = pushing(conversation, diff(1));
        byte[] text = payload("{'type':'data','data':[{'type':'patch','diff':{'':'','\\'push_resul':1}},{'type':"
                        + "'push_result','clientClock':1,'serverClock':8,'action':'discard'}]}")
                .whole();
        List<Payload> pieces = new ArrayList<>();
        for (int at = 0; at < text.length; at += size) {
            pieces.add(Payload.of(Arrays.copyOfRange(text, at, Math.min(text.length, at + size))));
        }
        room.socket().send(Payload.concat(pieces), () -> {});
        assertThat(get(push).verdict()).isEqualTo(Verdict.DISCARD);
    }

    @Test
    @DisplayName(
            "looks through what is large elsewhere, and takes nothing more meanwhile; with no push under way it does not look")
    void large() {
        Conversation conversation = begun();
        String patch = "{'type':'patch','serverClock':8,'diff':{'a':['put',{'t':'" + "x".repeat(100_000) + "'}]}}";
        String answer = "{'type':'push_result','clientClock':1,'serverClock':8,'action':'commit'}";
        assertThat(room.says("{'type':'data','data':[" + patch + "]}")).isTrue();
        FutureTask<Heard.Result> push = pushing(conversation, diff(1));
        AtomicInteger taken = new AtomicInteger();
        assertThat(room.socket()
                        .send(payload("{'type':'data','data':[" + patch + "," + answer + "]}"), taken::incrementAndGet))
                .isFalse();
        assertThat(room.socket().unsent()).isGreaterThan(100_000);
        assertThat(push.isDone()).isFalse();
        background.runAll();
        assertThat(taken).hasValue(1);
        assertThat(room.socket().unsent()).isZero();
        assertThat(get(push).verdict()).isEqualTo(Verdict.COMMIT);
    }

    @Test
    @DisplayName("says what is large in parts, with turns for others between them, and waits when it is told to")
    void pauses() {
        Conversation conversation = begun();
        room.parts.clear();
        room.pauseAfterParts = 3;
        FutureTask<Heard.Result> push = started(() -> conversation.push(diff(1_000_000), null));
        until(() -> room.parts.size() == 3);
        loop.run();
        assertThat(room.parts).hasSize(3).allMatch(size -> size == 16 << 10);
        room.socket().resumeReading();
        AtomicInteger meanwhile = new AtomicInteger();
        loop.execute(() -> meanwhile.set(room.parts.size()));
        loop.run();
        assertThat(meanwhile.get()).isBetween(4, 20);
        assertThat(room.parts).hasSizeGreaterThan(60);
        assertThat(room.heard).hasSize(2);
        assertThat(room.heard.getLast()).hasSizeGreaterThan(1_000_000).endsWith("\"}}");
        room.socket().close(1012, "");
        assertThat(push).failsWithin(Duration.ofSeconds(20));
    }

    @Test
    @DisplayName("hears of limits, and of no other custom message")
    void limits() {
        Conversation conversation = begun();
        room.says("{'type':'custom','data':{'type':'something else'}}");
        room.says("{'type':'custom','data':[1]}");
        room.says("{'type':'custom','data':{'type':'drawbridge.limit','limit':'NONE_OF_OURS','max':4}}");
        assertThat(conversation.full()).isEmpty();
        room.says("{'type':'custom','data':{'type':'drawbridge.limit','limit':'RECORDS_PER_ROOM','max':4}}");
        assertThat(conversation.full()).contains(new Heard.Full(Limit.RECORDS_PER_ROOM, 4));
    }

    @Test
    @DisplayName("is over for all who wait when the room closes it, and the room hears that, once")
    void closed() {
        Conversation conversation = begun();
        FutureTask<Heard.Result> push = pushing(conversation, diff(1));
        room.socket().close(4099, "ROOM_FULL");
        room.socket().drop();
        conversation.close();
        LostException lost = lost(push);
        assertThat(lost.refusal()).contains(RefusalReason.ROOM_FULL);
        assertThat(lost.mayYetBeDone()).isFalse();
        assertThat(room.closed).isFalse();
        loop.run();
        assertThat(room.closed).isTrue();
        assertThat(conversation.isOver()).isTrue();
        assertThat(lost(started(() -> conversation.push(null, null))).refusal()).contains(RefusalReason.ROOM_FULL);
        assertThat(room.says("{}")).isFalse();
    }

    @Test
    @DisplayName("that is closed while it begins has not begun, and the room hears that it is over")
    void closedAtOnce() {
        FutureTask<Conversation> conversation = begin(socket -> socket.close(1013, ""));
        LostException lost = lost(conversation);
        assertThat(lost.refusal()).isEmpty();
        until(() -> room.closed);
        assertThat(room.heard).isEmpty();
    }

    @Test
    @DisplayName("is over when it does not understand the room")
    void garbage() {
        Conversation conversation = begun();
        FutureTask<Heard.Result> push = pushing(conversation, diff(1));
        room.says("{'type':'data','data':[{'type':'push_result'");
        assertThat(lost(push)).hasMessageContaining("not understood");
        loop.run();
        assertThat(room.closed).isTrue();
    }

    private static LostException lost(FutureTask<?> future) {
        ExecutionException failure =
                catchThrowableOfType(ExecutionException.class, () -> future.get(20, TimeUnit.SECONDS));
        assertThat(failure).isNotNull();
        assertThat(failure.getCause()).isInstanceOf(LostException.class);
        return (LostException) failure.getCause();
    }
}
