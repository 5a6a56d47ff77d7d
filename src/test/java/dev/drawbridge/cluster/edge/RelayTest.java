package dev.drawbridge.cluster.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.cluster.link.Frame;
import dev.drawbridge.cluster.link.FrameCodec;
import dev.drawbridge.cluster.link.Link;
import dev.drawbridge.cluster.link.LinkQueue;
import dev.drawbridge.cluster.link.MalformedFrameException;
import dev.drawbridge.cluster.link.Pass;
import dev.drawbridge.cluster.owner.EdgeLink;
import dev.drawbridge.host.ByteBudget;
import dev.drawbridge.host.Entry;
import dev.drawbridge.host.HandClock;
import dev.drawbridge.host.HandExecutor;
import dev.drawbridge.host.HandLoop;
import dev.drawbridge.host.HandSocket;
import dev.drawbridge.host.HostObserver;
import dev.drawbridge.host.HostSettings;
import dev.drawbridge.host.Lease;
import dev.drawbridge.host.NodeMemory;
import dev.drawbridge.host.RoomObserver;
import dev.drawbridge.host.RoomRegistry;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonText;
import dev.drawbridge.protocol.Protocol;
import dev.drawbridge.room.RoomLoader;
import dev.drawbridge.room.RoomSettings;
import dev.drawbridge.room.Visitor;
import dev.drawbridge.schema.StoreSchema;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import dev.drawbridge.store.InMemoryRoomStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("A client whose room is at another node")
class RelayTest {
    private static final StoreSchema SCHEMA = TldrawSchema.create();

    private final HandExecutor executor = new HandExecutor();
    private final HandLoop loop = new HandLoop(executor);
    private final HandClock clock = new HandClock();
    private final AtomicInteger presences = new AtomicInteger();
    private final RoomRegistry registry = new RoomRegistry(
            new InMemoryRoomStore(),
            new RoomLoader(
                    SCHEMA,
                    TldrawSchema.initialRecords(),
                    RoomSettings.DEFAULT,
                    () -> "p" + presences.incrementAndGet(),
                    clock,
                    new Random(1)),
            () -> loop,
            executor,
            clock,
            new HostSettings(RoomSettings.DEFAULT, Duration.ofSeconds(30), Duration.ofSeconds(10), 1_200),
            Lease.FOR_EVER,
            NodeMemory.ofHeap(256 << 20),
            HostObserver.NONE,
            RoomObserver.NONE);
    private final ByteBudget outgoing = new ByteBudget(64 << 20);
    private final End atEdge = new End();
    private final End atOwner = new End();
    private final OwnerLink owner = new OwnerLink(
            atEdge,
            new EdgeServices(() -> loop, 1 << 20, outgoing, clock, HostObserver.NONE),
            nodeId -> CompletableFuture.failedStage(new AssertionError("no room moves")));
    private final EdgeLink edge = new EdgeLink(atOwner, registry, SCHEMA.serialize()::json);

    /** One end of a link that carries nothing by itself. */
    private static final class End implements Link {
        private final LinkQueue queue = new LinkQueue(new ByteBudget(Long.MAX_VALUE), Long.MAX_VALUE);
        private final List<Frame> carried = new ArrayList<>();
        private boolean closed;

        @Override
        public void send(Frame frame) {
            queue.add(FrameCodec.encode(frame));
        }

        @Override
        public void sendFrom(Source source) {
            queue.add(source);
        }

        @Override
        public void hasMore() {
            // it is asked anyway
        }

        @Override
        public void close(String why) {
            closed = true;
        }

        @Override
        public String peer() {
            return "the other node";
        }

        @Override
        public byte[] seal(byte[] text) {
            return new byte[] {(byte) Arrays.hashCode(text)};
        }

        @Override
        public boolean isSealed(byte[] text, byte[] seal) {
            return Arrays.equals(seal(text), seal);
        }

        /** Brings what waits to the other end; false when nothing does. */
        boolean carry(Link.Listener to) {
            byte[] next = queue.next();
            if (next == null) {
                return false;
            }
            try {
                Frame frame = FrameCodec.decode(ByteBuffer.wrap(next)).orElseThrow();
                carried.add(frame);
                to.received(frame);
                return true;
            } catch (MalformedFrameException e) {
                throw new AssertionError(e);
            }
        }

        <T extends Frame> List<T> carried(Class<T> kind) {
            return carried.stream().filter(kind::isInstance).map(kind::cast).toList();
        }
    }

    /** A client at the edge. */
    private final class Client {
        private final HandSocket socket = new HandSocket();
        private final EdgeSession session;
        private final CompletableFuture<Entry> entry;

        Client(String id) {
            session = new EdgeSession(
                    "room",
                    Visitor.unknown(id, false),
                    socket,
                    new EdgeServices(() -> loop, 1 << 20, outgoing, clock, HostObserver.NONE));
            entry = owner.join(session).toCompletableFuture();
        }

        Client connect() {
            run();
            assertThat(entry).isCompletedWithValue(Entry.Taken.INSTANCE);
            session.entered();
            say(JsonObject.builder()
                    .put("type", "connect")
                    .put("connectRequestId", "request")
                    .put("protocolVersion", Protocol.VERSION)
                    .put("lastServerClock", -1)
                    .put("schema", SCHEMA.serialize().json())
                    .build()
                    .toString());
            return this;
        }

        void say(String text) {
            session.received(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), true);
            run();
        }

        void push(String page) {
            push(page, "");
        }

        void push(String page, String name) {
            JsonObject record = JsonText.object(
                    "{'id':'" + page + "','typeName':'page','name':'" + name + "','index':'a1','meta':{}}");
            say(JsonObject.builder()
                    .put("type", "push")
                    .put("clientClock", JsonNumber.of(0))
                    .put("diff", JsonObject.of(page, new JsonArray(List.of(new JsonString("put"), record))))
                    .build()
                    .toString());
        }

        String received() {
            return String.join("", socket.sent());
        }
    }

    /** Until nothing happens any more. */
    private void run() {
        boolean busy = true;
        while (busy) {
            executor.runAll();
            boolean carried = atEdge.carry(edge);
            carried = atOwner.carry(owner) || carried;
            busy = carried || executor.waiting() > 0;
        }
    }

    private void pause() {
        loop.pause();
        run();
    }

    @Test
    @DisplayName("is hydrated, and edits together with others")
    void edits() {
        Client a = new Client("a").connect();
        Client b = new Client("b").connect();
        assertThat(a.received()).contains("wipe_all");
        a.push("page:new");
        pause();
        assertThat(a.received()).contains("push_result");
        assertThat(b.received()).contains("page:new");
    }

    @Test
    @DisplayName("says nothing to the room before the owner has let it in")
    void notBefore() {
        new Client("a");
        executor.runAll();
        while (atEdge.carry(edge)) {
            // the owner hears it
        }
        assertThat(edge.sessions()).isEqualTo(1);
        assertThat(atEdge.carried(Frame.Said.class)).isEmpty();
    }

    @Test
    @DisplayName("is told with all others behind its link: a broadcast to a hundred is one frame")
    void once() {
        List<Client> spectators = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            spectators.add(new Client("s" + i).connect());
        }
        Client a = spectators.getFirst();
        a.push("page:first");
        pause();
        atOwner.carried.clear();
        a.push("page:new");
        pause();
        assertThat(atOwner.carried(Frame.Told.class)).hasSize(1);
        assertThat(atOwner.carried(Frame.Event.class)).hasSize(1); // its own result
        assertThat(atOwner.carried(Frame.Crowd.class)).isEmpty();
        assertThat(spectators.subList(1, 100)).allMatch(each -> each.received().contains("page:new"));
        assertThat(a.received()).doesNotContain("page:new");
    }

    @Test
    @DisplayName("is told of with the differences of its crowd alone")
    void differences() {
        List<Client> spectators = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            spectators.add(new Client("s" + i).connect());
        }
        spectators.getFirst().push("page:first");
        atOwner.carried.clear();
        new Client("one more").connect();
        spectators.get(5).session.closed();
        run();
        spectators.getFirst().push("page:second");
        List<Frame.Crowd> changes = atOwner.carried(Frame.Crowd.class);
        assertThat(changes).hasSize(1);
        assertThat(changes.getFirst().added()).containsExactly(21);
        assertThat(changes.getFirst().removed()).containsExactly(6);
    }

    @Test
    @DisplayName("is forgotten when it has left, also by the crowd that nobody tells anything any more")
    void forgotten() {
        Client a = new Client("a").connect();
        Client b = new Client("b").connect();
        a.push("page:first");
        assertThat(owner.inCrowds()).isPositive();
        a.session.closed();
        b.session.closed();
        run();
        assertThat(owner.sessions()).isZero();
        assertThat(edge.sessions()).isZero();
        assertThat(owner.inCrowds()).isZero();
    }

    @Nested
    @DisplayName("with a large room")
    class Large {
        private static final int PAGES = 40;

        @BeforeEach
        void fill() {
            Client writer = new Client("writer").connect();
            for (int i = 0; i < PAGES; i++) {
                writer.push("page:" + i, "x".repeat(100_000));
            }
            // What is large is read by a thread of its own.
            await().untilAsserted(() -> {
                pause();
                assertThat(writer.received().split("push_result", -1)).hasSize(PAGES + 1);
            });
            writer.session.closed();
            run();
            atOwner.carried.clear();
        }

        private long shipped(int session) {
            return atOwner.carried(Frame.Piece.class).stream()
                    .filter(piece -> piece.session() == session)
                    .mapToLong(piece -> piece.bytes().length)
                    .sum();
        }

        @Test
        @DisplayName("is hydrated in pieces, and completely")
        void pieces() {
            Client a = new Client("a").connect();
            for (int i = 0; i < PAGES; i++) {
                assertThat(a.received().contains("\"page:" + i + "\""))
                        .as("page %s", i)
                        .isTrue();
            }
            assertThat(atOwner.carried(Frame.Hydration.class)).hasSize(1);
            assertThat(shipped(2))
                    .isEqualTo(atOwner.carried(Frame.Hydration.class).getFirst().length())
                    .isGreaterThan(PAGES * 100_000L);
            assertThat(JsonText.object(a.received()).string("type")).isEqualTo("connect");
        }

        @Test
        @DisplayName("gets no more of it than its socket takes, but for a little, and holds up nobody else")
        void window() {
            Client slow = new Client("slow");
            run();
            slow.socket.stick();
            slow.connect();
            assertThat(shipped(2)).isLessThanOrEqualTo(128 << 10);
            Client fast = new Client("fast").connect();
            assertThat(fast.received().contains("page:39")).isTrue();
            assertThat(shipped(2)).isLessThanOrEqualTo(128 << 10);
            slow.socket.release();
            run();
            assertThat(JsonText.object(slow.received()).string("type")).isEqualTo("connect");
        }

        @Test
        @DisplayName("is told what happens meanwhile behind its hydration")
        void eventsBehind() {
            Client slow = new Client("slow");
            run();
            slow.socket.stick();
            slow.connect();
            Client other = new Client("other").connect();
            other.push("page:later");
            pause();
            slow.socket.release();
            run();
            pause();
            String received = slow.received();
            assertThat(received.indexOf("page:later")).isGreaterThan(received.indexOf("page:39"));
        }

        @Test
        @DisplayName("has to connect again when it asks for all of it once more before it has it")
        void twice() {
            Client slow = new Client("slow");
            run();
            slow.socket.stick();
            slow.connect();
            slow.connect();
            assertThat(slow.socket.closes()).containsExactly("dropped");
        }

        @Test
        @DisplayName("leaves nothing under way when its socket is closed in the middle")
        void closedInTheMiddle() {
            Client slow = new Client("slow");
            run();
            slow.socket.stick();
            slow.connect();
            long shipped = shipped(2);
            slow.session.closed();
            run();
            assertThat(shipped(2)).isEqualTo(shipped);
            assertThat(edge.sessions()).isZero();
            assertThat(owner.queuedBytes()).isZero();
        }
    }

    @Nested
    @DisplayName("that says much")
    class SaysMuch {

        @Test
        @DisplayName("is not read on until the owner has taken it in")
        void window() {
            Client a = new Client("a").connect();
            byte[] part = new byte[16 << 10];
            Arrays.fill(part, (byte) ' ');
            for (int i = 0; i < 4; i++) {
                assertThat(a.socket.isPaused()).isFalse();
                a.session.received(ByteBuffer.wrap(part), false);
            }
            assertThat(a.socket.isPaused()).isTrue();
            run();
            assertThat(a.socket.isPaused()).isFalse();
            assertThat(atOwner.carried(Frame.Heard.class).stream()
                            .mapToInt(Frame.Heard::bytes)
                            .sum())
                    .isGreaterThanOrEqualTo(64 << 10);
        }
    }

    @Nested
    @DisplayName("whose socket is closed")
    class Closed {

        @Test
        @DisplayName("before it was let in is never in the room")
        void beforeJoined() {
            Client a = new Client("a");
            a.session.closed();
            run();
            assertThat(a.entry).isCompletedWithValue(Entry.TurnedAway.INSTANCE);
            assertThat(edge.sessions()).isZero();
            assertThat(owner.sessions()).isZero();
        }

        @Test
        @DisplayName("after that leaves the room")
        void after() {
            Client a = new Client("a").connect();
            a.session.closed();
            run();
            assertThat(edge.sessions()).isZero();
        }

        @Test
        @DisplayName("by the owner, is closed with the owner's code and reason")
        void code() {
            Client a = new Client("a").connect();
            a.push("shape:no-page");
            pause();
            assertThat(a.socket.closes()).containsExactly("4099INVALID_RECORD");
        }
    }

    @Test
    @DisplayName("is told to connect again when the link is gone, and its session is lost to the owner")
    void linkGone() {
        Client a = new Client("a").connect();
        Client onTheWay = new Client("b");
        owner.closed();
        edge.closed();
        executor.runAll();
        assertThat(a.socket.closes()).containsExactly("1012");
        assertThat(onTheWay.socket.closes()).containsExactly("1012");
        assertThat(onTheWay.entry).isCompletedWithValue(Entry.TurnedAway.INSTANCE);
        assertThat(owner.sessions()).isZero();
        assertThat(edge.sessions()).isZero();
        assertThat(new Client("c").entry).isCompletedWithValue(Entry.TurnedAway.INSTANCE);
    }

    @Test
    @DisplayName("gets nowhere with a pass that its node has not sealed, or that is for another session")
    void forged() {
        byte[] pass = new Pass(7, "room", Visitor.unknown("x", false)).encode();
        edge.received(new Frame.Join(7, pass, new byte[] {(byte) (Arrays.hashCode(pass) + 1)}));
        assertThat(atOwner.closed).isTrue();
        atOwner.closed = false;
        edge.received(new Frame.Join(8, pass, atEdge.seal(pass)));
        assertThat(atOwner.closed).isTrue();
        atOwner.closed = false;
        edge.received(new Frame.Join(7, new byte[] {1}, atEdge.seal(new byte[] {1})));
        assertThat(atOwner.closed).isTrue();
        assertThat(edge.sessions()).isZero();
    }
}
