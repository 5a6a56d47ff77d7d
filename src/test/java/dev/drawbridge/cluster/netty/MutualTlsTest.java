package dev.drawbridge.cluster.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.Certificates;
import dev.drawbridge.cluster.link.ClusterSecret;
import dev.drawbridge.cluster.link.Frame;
import dev.drawbridge.cluster.link.Link;
import dev.drawbridge.cluster.link.LinkObserver;
import dev.drawbridge.cluster.link.Links;
import dev.drawbridge.cluster.link.NotReachedException;
import dev.drawbridge.host.ByteBudget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@DisplayName("A link on which both ends show a certificate")
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class MutualTlsTest {
    private static final String HOST = "127.0.0.1";
    private static final String SECRET = "the secret of this cluster";

    private static final Map<Wrong, SSLContext> WRONG = new EnumMap<>(Wrong.class);

    private static Certificates ours;
    private static SSLContext good;
    private static SSLContext goodToo;

    private final List<NettyLinks> all = new ArrayList<>();
    private final List<Heard> accepted = new CopyOnWriteArrayList<>();
    private NettyLinks b;
    private int port;

    @BeforeAll
    static void certify(@TempDir Path folder) throws IOException {
        ours = new Certificates(Files.createDirectory(folder.resolve("ours")));
        Certificates others = new Certificates(Files.createDirectory(folder.resolve("others")));
        good = ours.context(ours.give("a"));
        goodToo = ours.context(ours.give("b"));
        WRONG.put(Wrong.EXPIRED, ours.context(ours.giveExpired("expired")));
        WRONG.put(Wrong.OF_ANOTHER_AUTHORITY, ours.context(others.give("other")));
        WRONG.put(Wrong.NONE, ours.contextWithout());
    }

    /** Certificates with which nobody gets a link; what trusts whom is right with all of them. */
    enum Wrong {
        NONE("certificate_required", "handshake_failure"),
        EXPIRED("certificate_unknown", "validity check failed"),
        OF_ANOTHER_AUTHORITY("certificate_unknown", "signature check failed"),
        /** It does not speak TLS at all. */
        PLAIN("closed without a word; it may want TLS", "it does not speak TLS");

        private final String whyDialing;
        private final String whyDialed;

        /**
         * @param whyDialing what it is told when it dials
         * @param whyDialed what others are told who dial it
         */
        Wrong(String whyDialing, String whyDialed) {
            this.whyDialing = whyDialing;
            this.whyDialed = whyDialed;
        }
    }

    @BeforeEach
    void listen() {
        b = node("b", goodToo);
        port = listen(b);
    }

    @AfterEach
    void close() {
        all.forEach(NettyLinks::close);
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

    private NettyLinks node(String id, @Nullable SSLContext tls) {
        Random random = new Random(id.hashCode());
        NettyLinks node = new NettyLinks(new NettyLinks.Settings(
                id,
                new ClusterSecret(SECRET.getBytes(StandardCharsets.UTF_8)),
                tls,
                Duration.ofSeconds(1),
                Duration.ofSeconds(20),
                new ByteBudget(64 << 20),
                length -> {
                    byte[] nonce = new byte[length];
                    random.nextBytes(nonce);
                    return nonce;
                },
                LinkObserver.NONE));
        all.add(node);
        return node;
    }

    private int listen(NettyLinks node) {
        return node.listen(HOST, 0, link -> {
            Heard heard = new Heard(link);
            accepted.add(heard);
            return heard;
        });
    }

    private static Heard dial(NettyLinks from, String to, int port)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<Heard> heard = new CopyOnWriteArrayList<>();
        from.dial(new Links.Address(to, HOST, port), link -> {
                    Heard made = new Heard(link);
                    heard.add(made);
                    return made;
                })
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        return heard.getFirst();
    }

    /** Nor is it said that nobody is there: a node with an old certificate must not be taken for gone. */
    private static void assertNotReached(NettyLinks from, String to, int port, String why) {
        assertThatThrownBy(() -> dial(from, to, port))
                .cause()
                .isInstanceOfSatisfying(NotReachedException.class, told -> {
                    assertThat(told).hasMessageContaining(why).hasMessageContaining(to);
                    assertThat(told.isNobodyThere()).isFalse();
                });
    }

    private static List<String> warnings(CapturedOutput output) {
        return output.getAll()
                .lines()
                .filter(line -> line.contains("WARN") || line.contains("ERROR") || line.startsWith("\tat "))
                .toList();
    }

    @Test
    @DisplayName("of one authority carries frames of every size both ways, in order")
    void carries() throws Exception {
        Heard a = dial(node("a", good), "b", port);
        await().until(() -> !accepted.isEmpty());
        Heard atB = accepted.getFirst();
        assertThat(a.link.peer()).isEqualTo("b");
        assertThat(atB.link.peer()).isEqualTo("a");
        Random random = new Random(1);
        List<byte[]> texts = new ArrayList<>();
        for (int size : new int[] {1, 0, 100, 16_384, 65_536, 1 << 20, 8 << 20, 3}) {
            byte[] text = new byte[size];
            random.nextBytes(text);
            texts.add(text);
            a.link.send(new Frame.Said(1, true, text));
            atB.link.send(new Frame.Piece(1, text));
        }
        await().atMost(Duration.ofSeconds(40))
                .until(() -> a.frames.size() == texts.size() && atB.frames.size() == texts.size());
        for (int i = 0; i < texts.size(); i++) {
            assertThat(((Frame.Said) atB.frames.get(i)).text()).isEqualTo(texts.get(i));
            assertThat(((Frame.Piece) a.frames.get(i)).bytes()).isEqualTo(texts.get(i));
        }
        byte[] text = {1, 2, 3};
        assertThat(atB.link.isSealed(text, a.link.seal(text))).isTrue();
        a.link.close("enough");
        await().until(() -> a.closed.get() == 1 && atB.closed.get() == 1);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Wrong.class)
    @DisplayName(
            "is refused to who dials with none, or with a wrong one, who learns why: it is told in the log, and others have theirs")
    void wrongDials(Wrong wrong, CapturedOutput output) throws Exception {
        Heard before = dial(node("a", good), "b", port);
        NettyLinks stranger = node("c", WRONG.get(wrong));
        assertNotReached(stranger, "b", port, wrong.whyDialing);
        await().untilAsserted(() -> assertThat(b.strangers()).hasValue(0));
        assertThat(accepted).hasSize(1);
        before.link.send(new Frame.Left(7));
        await().untilAsserted(() -> assertThat(accepted.getFirst().frames)
                .filteredOn(Frame.Left.class::isInstance)
                .hasSize(1));
        assertThat(before.closed).hasValue(0);
        assertThat(dial(node("d", good), "b", port).link.peer()).isEqualTo("b");
        if (wrong != Wrong.PLAIN) { // which waits for the other end to begin
            assertNotReached(stranger, "b", port, wrong.whyDialing);
            assertThat(warnings(output)).hasSize(1).allMatch(line -> line.contains("somebody at /127.0.0.1:"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Wrong.class)
    @DisplayName("is not made to who has none, or a wrong one: who dials learns why, and has links to others")
    void wrongAnswers(Wrong wrong) throws Exception {
        NettyLinks bad = node("bad", WRONG.get(wrong));
        int there = listen(bad);
        NettyLinks a = node("a", good);
        assertNotReached(a, "bad", there, wrong.whyDialed);
        await().untilAsserted(() -> assertThat(bad.strangers()).hasValue(0));
        assertThat(accepted).isEmpty();
        assertThat(dial(a, "b", port).link.peer()).isEqualTo("b");
    }

    @Test
    @DisplayName(
            "is closed to strangers who speak TLS, and go away in the middle, or say nothing, without a word in the log")
    void strangers(CapturedOutput output) throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 20; i++) {
            byte[] noise = new byte[1 + random.nextInt(2_000)];
            random.nextBytes(noise);
            noise[0] = 0x16; // the first byte of a handshake
            try (Socket stranger = new Socket(InetAddress.getLoopbackAddress(), port)) {
                stranger.getOutputStream().write(noise);
            }
            try (Socket stranger = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(stranger.isConnected()).isTrue();
            }
        }
        try (SSLSocket silent =
                (SSLSocket) good.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            silent.startHandshake();
            silent.setSoTimeout(15_000);
            while (silent.getInputStream().read() >= 0) {
                // its challenge
            }
        }
        await().untilAsserted(() -> assertThat(b.strangers()).hasValue(0));
        assertThat(accepted).isEmpty();
        assertThat(warnings(output)).isEmpty();
    }
}
