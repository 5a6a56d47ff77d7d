package dev.drawbridge.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.cluster.link.Introduction.Challenge;
import dev.drawbridge.cluster.link.Introduction.Refusal;
import dev.drawbridge.cluster.link.Introduction.Reply;
import dev.drawbridge.cluster.link.Introduction.Welcome;
import dev.drawbridge.cluster.netty.NettyLinks;
import dev.drawbridge.host.ByteBudget;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The other side is made by hand here: there is only one version yet. */
@DisplayName("[neighbouring releases] A link to a node of another release")
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class OtherReleaseTest {
    private static final ClusterSecret SECRET =
            new ClusterSecret("the secret of this cluster".getBytes(StandardCharsets.UTF_8));
    private static final byte[] NONCE = nonce(7);

    private final NettyLinks links = new NettyLinks(new NettyLinks.Settings(
            "us",
            SECRET,
            null,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            new ByteBudget(1 << 20),
            length -> nonce(3),
            LinkObserver.NONE));

    private final List<Frame> heard = new CopyOnWriteArrayList<>();
    private final List<Link> made = new CopyOnWriteArrayList<>();

    private static byte[] nonce(int fill) {
        byte[] nonce = new byte[Introduction.nonceLength()];
        Arrays.fill(nonce, (byte) fill);
        return nonce;
    }

    @AfterEach
    void close() {
        links.close();
    }

    private Link.Listener listener(Link link) {
        made.add(link);
        return new Link.Listener() {
            @Override
            public void received(Frame frame) {
                heard.add(frame);
            }

            @Override
            public void closed() {}
        };
    }

    /** The connection of a node of another release, word by word. */
    private static final class Other implements AutoCloseable {
        private final Socket socket;
        private final DataInputStream in;

        Other(Socket socket) throws IOException {
            this.socket = socket;
            socket.setSoTimeout(10_000);
            in = new DataInputStream(socket.getInputStream());
        }

        byte[] hear() throws IOException {
            return in.readNBytes(in.readInt());
        }

        /** Says all of it in one breath. */
        void say(byte[]... words) throws IOException {
            ByteArrayOutputStream breath = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(breath);
            for (byte[] each : words) {
                out.writeInt(each.length);
                out.write(each);
            }
            socket.getOutputStream().write(breath.toByteArray());
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** What a release says that has learned more since. */
    private static byte[] hello(Challenge challenge, int oldest, int newest) {
        byte[] content = new FrameWriter(200)
                .text("other")
                .text("us")
                .number(oldest)
                .number(newest)
                .bytes(NONCE)
                .text("what we do not know yet")
                .number(1L << 40)
                .done();
        return new FrameWriter(300)
                .bytes(content)
                .bytes(SECRET.sign("hello", challenge.nonce(), content))
                .text("and more behind it")
                .done();
    }

    @Nested
    @DisplayName("that dials")
    class Dials {
        private final int port = links.listen("127.0.0.1", 0, OtherReleaseTest.this::listener);

        private Other open() throws IOException {
            return new Other(new Socket(InetAddress.getLoopbackAddress(), port));
        }

        @Test
        @DisplayName("and is newer, and speaks ours as well, is of our version, whatever more it says")
        void newer() throws Exception {
            try (Other other = open()) {
                Challenge challenge = Challenge.decode(other.hear());
                other.say(hello(challenge, 1, 2));
                assertThat(Reply.decode(other.hear())).isInstanceOfSatisfying(Welcome.class, welcome -> {
                    assertThat(welcome.version()).isEqualTo(1);
                    assertThat(welcome.isProven(challenge, NONCE, SECRET)).isTrue();
                });
                await().until(() -> made.size() == 1);
                assertThat(made.getFirst().peer()).isEqualTo("other");

                other.say(new FrameWriter(20)
                        .number(4)
                        .number(11)
                        .text("a new field")
                        .done()); // Left, and more
                other.say(new FrameWriter(20).number(99).text("a new frame").done());
                other.say(FrameCodec.encode(new Frame.Left(12)));
                await().until(() -> heard.size() == 2);
                assertThat(heard).containsExactly(new Frame.Left(11), new Frame.Left(12));

                made.getFirst().send(new Frame.Joined(5));
                assertThat(FrameCodec.decode(ByteBuffer.wrap(other.hear()))).contains(new Frame.Joined(5));
            }
        }

        @ParameterizedTest(name = "{0} to {1}")
        @CsvSource({"0, 0", "2, 3", "2000000000, 2000000001", "3, 2"})
        @DisplayName("and has no version in common is told so, and operators are")
        void nothingInCommon(int oldest, int newest, CapturedOutput output) throws Exception {
            try (Other other = open()) {
                other.say(hello(Challenge.decode(other.hear()), oldest, newest));
                assertThat(Reply.decode(other.hear()))
                        .isEqualTo(new Refusal("no version of the link is common to both"));
                assertThat(other.in.read()).isEqualTo(-1);
            }
            assertThat(made).isEmpty();
            assertThat(output)
                    .contains("other wants a link of version " + oldest + " to " + newest
                            + "; this release speaks 1 to 1");
        }
    }

    @Nested
    @DisplayName("that is dialed")
    class IsDialed {

        /** Has us dial; the other side answers our hello with this. */
        private CompletableFuture<Link> dial(UnaryOperator<byte[]> reply) throws IOException {
            ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            Thread.ofVirtual().start(() -> {
                try (listening;
                        Other other = new Other(listening.accept())) {
                    byte[] challenge = new Challenge(NONCE).encode();
                    byte[] more = Arrays.copyOf(challenge, challenge.length + 3);
                    other.say(more);
                    other.say(reply.apply(other.hear()), FrameCodec.encode(new Frame.Left(12)));
                    other.hear(); // until it is over
                } catch (IOException e) {
                    // the test is over
                }
            });
            return links.dial(
                            new Links.Address("other", "127.0.0.1", listening.getLocalPort()),
                            OtherReleaseTest.this::listener)
                    .toCompletableFuture();
        }

        private byte[] welcome(byte[] word, int version) {
            try {
                Introduction.Hello hello = Introduction.Hello.decode(word);
                byte[] welcome =
                        Welcome.of(new Challenge(NONCE), hello, version, SECRET).encode();
                byte[] more = Arrays.copyOf(welcome, welcome.length + 5);
                more[welcome.length] = 77;
                return more;
            } catch (MalformedFrameException e) {
                throw new AssertionError(e);
            }
        }

        @Test
        @DisplayName("and is newer, and has taken our version, is linked, whatever more it says")
        void newer() throws Exception {
            Link link = dial(hello -> welcome(hello, 1)).get(20, TimeUnit.SECONDS);
            assertThat(link.peer()).isEqualTo("other");
            await().until(() -> heard.equals(List.of(new Frame.Left(12))));
        }

        @ParameterizedTest
        @CsvSource({"0", "2", "2000000000"})
        @DisplayName("and answers with a version that we have not offered is not linked")
        void notOffered(int version) throws IOException {
            assertNotReached(dial(hello -> welcome(hello, version)), "it answers with version " + version);
        }

        @Test
        @DisplayName("and has no version in common is not linked, and not taken for gone")
        void refused() throws IOException {
            byte[] refusal = new FrameWriter(100)
                    .flag(false)
                    .text("no version of the link is common to both")
                    .number(3)
                    .done();
            assertNotReached(dial(hello -> refusal), "it refuses: no version of the link is common to both");
        }

        private void assertNotReached(CompletableFuture<Link> dialed, String why) {
            assertThatThrownBy(() -> dialed.get(20, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(NotReachedException.class, told -> {
                        assertThat(told).hasMessageContaining(why);
                        assertThat(told.isNobodyThere()).isFalse();
                    });
            assertThat(made).isEmpty();
        }
    }
}
