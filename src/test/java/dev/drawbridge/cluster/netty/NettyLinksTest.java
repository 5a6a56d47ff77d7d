package dev.drawbridge.cluster.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.FreePort;
import dev.drawbridge.cluster.link.ClusterSecret;
import dev.drawbridge.cluster.link.Frame;
import dev.drawbridge.cluster.link.Link;
import dev.drawbridge.cluster.link.LinkObserver;
import dev.drawbridge.cluster.link.Links;
import dev.drawbridge.cluster.link.NotReachedException;
import dev.drawbridge.host.ByteBudget;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@DisplayName("A link over TCP")
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class NettyLinksTest {
    private static final String HOST = "127.0.0.1";
    private static final String SECRET = "the secret of this cluster";

    private final List<NettyLinks> all = new ArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<Heard> accepted = new CopyOnWriteArrayList<>();
    private final ByteBudget budgetOfB = new ByteBudget(8 << 20);
    private Duration pingEvery = Duration.ofSeconds(1);
    private Duration patience = Duration.ofSeconds(20);
    private LinkObserver observer = LinkObserver.NONE;

    @AfterEach
    void close() throws Exception {
        all.forEach(NettyLinks::close);
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    /** One end, and what has come to it. */
    private static final class Heard implements Link.Listener {
        private final Link link;
        private final List<Frame> frames = new CopyOnWriteArrayList<>();
        private final AtomicInteger closed = new AtomicInteger();

        Heard(Link link) {
            this.link = link;
        }

        @Override
        public void received(Frame frame) {
            frames.add(frame);
        }

        @Override
        public void closed() {
            closed.incrementAndGet();
        }
    }

    private NettyLinks node(String id) {
        return node(id, SECRET, null, new ByteBudget(64 << 20));
    }

    private NettyLinks node(String id, String secret, @Nullable SSLContext tls, ByteBudget outgoing) {
        Random random = new Random(id.hashCode());
        NettyLinks node = new NettyLinks(new NettyLinks.Settings(
                id,
                new ClusterSecret(secret.getBytes(StandardCharsets.UTF_8)),
                tls,
                pingEvery,
                patience,
                outgoing,
                length -> {
                    byte[] nonce = new byte[length];
                    random.nextBytes(nonce);
                    return nonce;
                },
                observer));
        all.add(node);
        return node;
    }

    private int listen(NettyLinks node) {
        return node.listen(HOST, 0, this::accept);
    }

    private Link.Listener accept(Link link) {
        Heard heard = new Heard(link);
        accepted.add(heard);
        return heard;
    }

    private static Heard dial(NettyLinks from, String to, int port)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<Heard> heard = new CopyOnWriteArrayList<>();
        Function<Link, Link.Listener> listener = link -> {
            Heard made = new Heard(link);
            heard.add(made);
            return made;
        };
        from.dial(new Links.Address(to, HOST, port), listener)
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        return heard.getFirst();
    }

    private static void assertNotReached(NettyLinks from, String to, int port, boolean isNobodyThere) {
        assertThatThrownBy(() -> dial(from, to, port))
                .cause()
                .isInstanceOfSatisfying(NotReachedException.class, why -> assertThat(why.isNobodyThere())
                        .as(why.getMessage())
                        .isEqualTo(isNobodyThere));
    }

    private Heard acceptedOne() {
        await().until(() -> !accepted.isEmpty());
        return accepted.getFirst();
    }

    @Test
    @DisplayName("brings frames of every size both ways, in order")
    void frames() throws Exception {
        int port = listen(node("b"));
        Heard a = dial(node("a"), "b", port);
        Heard b = acceptedOne();
        assertThat(a.link.peer()).isEqualTo("b");
        assertThat(b.link.peer()).isEqualTo("a");
        Random random = new Random(1);
        List<byte[]> texts = new ArrayList<>();
        for (int size : new int[] {1, 0, 100, 65_535, 65_536, 1 << 20, 30 << 20, 3, 2 << 20, 1}) {
            byte[] text = new byte[size];
            random.nextBytes(text);
            texts.add(text);
            a.link.send(new Frame.Said(1, true, text));
            b.link.send(new Frame.Piece(1, text));
        }
        await().atMost(Duration.ofSeconds(40))
                .until(() -> a.frames.size() == texts.size() && b.frames.size() == texts.size());
        for (int i = 0; i < texts.size(); i++) {
            assertThat(((Frame.Said) b.frames.get(i)).text()).isEqualTo(texts.get(i));
            assertThat(((Frame.Piece) a.frames.get(i)).bytes()).isEqualTo(texts.get(i));
        }
    }

    @Test
    @DisplayName("seals what its own end says, and nothing else")
    void seals() throws Exception {
        int port = listen(node("b"));
        NettyLinks nodeA = node("a");
        Heard a = dial(nodeA, "b", port);
        Heard b = acceptedOne();
        byte[] text = {1, 2, 3};
        assertThat(b.link.isSealed(text, a.link.seal(text))).isTrue();
        assertThat(a.link.isSealed(text, b.link.seal(text))).isTrue();
        assertThat(a.link.isSealed(text, a.link.seal(text))).isFalse();
        assertThat(b.link.isSealed(new byte[] {1, 2}, a.link.seal(text))).isFalse();
        assertThat(b.link.isSealed(text, new byte[0])).isFalse();
        assertThat(b.link.isSealed(text, dial(nodeA, "b", port).link.seal(text)))
                .as("the seal of another link")
                .isFalse();
    }

    @Test
    @DisplayName("tells both ends once when it is closed, and drops what is sent after that")
    void closes() throws Exception {
        int port = listen(node("b"));
        Heard a = dial(node("a"), "b", port);
        Heard b = acceptedOne();
        a.link.close("enough");
        await().until(() -> a.closed.get() == 1 && b.closed.get() == 1);
        a.link.send(new Frame.Left(1));
        b.link.send(new Frame.Left(1));
        a.link.close("again");
        all.forEach(NettyLinks::close);
        a.link.send(new Frame.Left(2));
        assertThat(b.frames).isEmpty();
        assertThat(a.closed.get() + b.closed.get()).isEqualTo(2);
    }

    @Test
    @DisplayName("can be used, to no effect, when its node has closed all of them")
    void nodeCloses() throws Exception {
        NettyLinks nodeB = node("b");
        int port = listen(nodeB);
        NettyLinks nodeA = node("a");
        Heard a = dial(nodeA, "b", port);
        nodeA.close();
        await().untilAsserted(() -> {
            a.link.send(new Frame.Left(1));
            assertThat(a.closed).hasValue(1);
        });
        // The threads go a little later; from then on they take no more tasks.
        await().during(Duration.ofSeconds(2)).untilAsserted(() -> {
            a.link.send(new Frame.Left(1));
            a.link.hasMore();
        });
    }

    @Nested
    @DisplayName("is not made")
    class NotMade {

        @Test
        @DisplayName("where nobody listens, which is told")
        void refused() {
            assertNotReached(node("a"), "b", FreePort.next(), true);
        }

        @Test
        @DisplayName("where another node has the address, which is told")
        void restarted() {
            int port = listen(node("b-restarted"));
            assertNotReached(node("a"), "b", port, true);
            assertThat(accepted).isEmpty();
        }

        @Test
        @DisplayName("with a node of another secret; that says nothing of who is there")
        void wrongSecret() {
            int port = listen(node("b"));
            assertNotReached(node("a", "another secret altogether", null, new ByteBudget(1 << 20)), "b", port, false);
            assertThat(accepted).isEmpty();
        }

        @Test
        @DisplayName("with what speaks something else, or hangs up")
        void somethingElse() throws Exception {
            try (ServerSocket other = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
                Thread.ofVirtual().start(() -> {
                    try (Socket first = other.accept()) {
                        first.getOutputStream()
                                .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                        first.getOutputStream().flush();
                        try (Socket second = other.accept()) {
                            second.getInputStream().available();
                        }
                    } catch (IOException e) {
                        // the other end has hung up
                    }
                });
                NettyLinks a = node("a");
                assertNotReached(a, "b", other.getLocalPort(), false);
                assertNotReached(a, "b", other.getLocalPort(), false);
            }
        }

        @Test
        @DisplayName("when whoever is to hear it throws")
        void listenerThrows() {
            int port = listen(node("b"));
            NettyLinks a = node("a");
            assertThatThrownBy(() -> a.dial(new Links.Address("b", HOST, port), link -> {
                                throw new IllegalStateException("no");
                            })
                            .toCompletableFuture()
                            .get(20, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(NotReachedException.class);
            await().until(() -> acceptedOne().closed.get() == 1);
        }
    }

    @Nested
    @DisplayName("is closed to a stranger")
    class Strangers {

        @Test
        @DisplayName("who says what is no word, or one that is too long, without a word in the log")
        void garbage(CapturedOutput output) throws IOException {
            int port = listen(node("b"));
            int before = output.getAll().length();
            Random random = new Random(7);
            for (int i = 0; i < 50; i++) {
                byte[] noise = new byte[1 + random.nextInt(5_000)];
                random.nextBytes(noise);
                if (i % 2 == 0) {
                    ByteBuffer.wrap(noise.length < 4 ? new byte[4] : noise).putInt(i % 4 == 0 ? -1 : Integer.MAX_VALUE);
                }
                try (Socket stranger = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    stranger.setSoTimeout(10_000);
                    stranger.getOutputStream().write(noise);
                    stranger.shutdownOutput();
                    readToEnd(stranger);
                }
            }
            assertThat(accepted).isEmpty();
            assertThat(output.getAll().substring(before)).doesNotContain("WARN").doesNotContain("ERROR");
        }

        @Test
        @DisplayName("who says nothing for some seconds")
        void silent() throws IOException {
            int port = listen(node("b"));
            try (Socket stranger = new Socket(InetAddress.getLoopbackAddress(), port)) {
                stranger.setSoTimeout(15_000);
                readToEnd(stranger);
            }
        }

        @Test
        @DisplayName("who is one of too many; nodes are let in again when those have gone")
        void tooMany() throws Exception {
            NettyLinks nodeB = node("b");
            int port = listen(nodeB);
            List<Socket> strangers = new ArrayList<>();
            try {
                for (int i = 0; i < 256; i++) {
                    Socket stranger = new Socket(InetAddress.getLoopbackAddress(), port);
                    strangers.add(stranger);
                    stranger.setSoTimeout(4_000);
                    assertThat(stranger.getInputStream().read()).isZero(); // its challenge
                }
                try (Socket oneMore = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    oneMore.setSoTimeout(4_000);
                    assertThat(oneMore.getInputStream().read()).isEqualTo(-1);
                }
            } finally {
                for (Socket each : strangers) {
                    each.close();
                }
            }
            await().untilAsserted(() -> assertThat(nodeB.strangers()).hasValue(0));
            assertThat(dial(node("a"), "b", port).link.peer()).isEqualTo("b");
            await().untilAsserted(() -> assertThat(nodeB.strangers()).hasValue(0));
        }

        private static void readToEnd(Socket socket) throws IOException {
            InputStream in = socket.getInputStream();
            try {
                while (in.read() >= 0) {
                    // a challenge
                }
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("reset");
            }
        }
    }

    @Test
    @DisplayName("is closed when its listener throws")
    void listenerThrows() throws Exception {
        AtomicInteger closed = new AtomicInteger();
        int port = node("b").listen(HOST, 0, link -> new Link.Listener() {
            @Override
            public void received(Frame frame) {
                throw new IllegalStateException("an error on purpose");
            }

            @Override
            public void closed() {
                closed.incrementAndGet();
            }
        });
        Heard a = dial(node("a"), "b", port);
        a.link.send(new Frame.Left(1));
        await().until(() -> closed.get() == 1 && a.closed.get() == 1);
    }

    @Test
    @DisplayName("is closed when the other end takes too little, and holds no more than may wait")
    void tooSlow() throws Exception {
        NettyLinks nodeB = node("b", SECRET, null, budgetOfB);
        int port = listen(nodeB);
        Stalled stalled = new Stalled(port);
        open.add(stalled);
        dial(node("a"), "b", stalled.port());
        Heard b = acceptedOne();
        stalled.stall();
        byte[] piece = new byte[64 << 10];
        AtomicLong most = new AtomicLong();
        await().pollInterval(Duration.ofMillis(1)).until(() -> {
            for (int i = 0; i < 16; i++) {
                b.link.send(new Frame.Piece(1, piece));
            }
            most.accumulateAndGet(budgetOfB.held(), Math::max);
            return b.closed.get() == 1;
        });
        assertThat(most.get()).isBetween(4L << 20, 16L << 20);
        assertThat(budgetOfB.held()).isZero();
    }

    @Test
    @DisplayName("is closed when the other end has said nothing for too long")
    void silent() throws Exception {
        pingEvery = Duration.ofMillis(100);
        patience = Duration.ofSeconds(1);
        AtomicInteger roundTrips = new AtomicInteger();
        observer = new LinkObserver() {
            @Override
            public void roundTrip(long nanos) {
                roundTrips.incrementAndGet();
            }
        };
        int port = listen(node("b"));
        Stalled stalled = new Stalled(port);
        open.add(stalled);
        Heard a = dial(node("a"), "b", stalled.port());
        Heard b = acceptedOne();
        await().until(() -> roundTrips.get() > 20); // longer than its patience
        assertThat(a.closed.get() + b.closed.get()).isZero();
        stalled.stall();
        await().until(() -> a.closed.get() == 1 && b.closed.get() == 1);
    }

    /** A network between two nodes that can stop to carry anything, without a word. */
    private static final class Stalled implements AutoCloseable {
        private final ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        private final List<Socket> sockets = new CopyOnWriteArrayList<>();
        private volatile boolean stalled;

        Stalled(int to) throws IOException {
            Thread.ofVirtual().start(() -> {
                try {
                    Socket from = listening.accept();
                    Socket onward = new Socket(InetAddress.getLoopbackAddress(), to);
                    sockets.addAll(List.of(from, onward));
                    Thread.ofVirtual().start(() -> carry(from, onward));
                    carry(onward, from);
                } catch (IOException e) {
                    // the test is over
                }
            });
        }

        private void carry(Socket from, Socket to) {
            byte[] bytes = new byte[8 << 10];
            try {
                for (int read = 0;
                        read >= 0 && !stalled;
                        read = from.getInputStream().read(bytes)) {
                    to.getOutputStream().write(Arrays.copyOf(bytes, read));
                }
            } catch (IOException e) {
                // the test is over
            }
        }

        int port() {
            return listening.getLocalPort();
        }

        void stall() {
            stalled = true;
        }

        @Override
        public void close() throws IOException {
            listening.close();
            for (Socket each : sockets) {
                each.close();
            }
        }
    }
}
