package dev.drawbridge.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.cluster.link.Introduction.Challenge;
import dev.drawbridge.cluster.link.Introduction.Hello;
import dev.drawbridge.cluster.link.Introduction.Refusal;
import dev.drawbridge.cluster.link.Introduction.Reply;
import dev.drawbridge.cluster.link.Introduction.Welcome;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("An introduction of two nodes")
class IntroductionTest {
    private static final ClusterSecret SECRET = secret("the secret of this cluster");
    private static final ClusterSecret OTHER = secret("the secret of another one");
    private static final Challenge CHALLENGE = new Challenge(nonce(1));
    private static final Hello HELLO = Hello.of(CHALLENGE, "a", "b", nonce(2), SECRET);

    @Test
    @DisplayName("is one when both know the secret")
    void known() throws MalformedFrameException {
        Challenge challenge = Challenge.decode(CHALLENGE.encode());
        Hello hello = Hello.decode(HELLO.encode());
        assertThat(hello.from()).isEqualTo("a");
        assertThat(hello.to()).isEqualTo("b");
        assertThat(hello.isProven(challenge, SECRET)).isTrue();
        Reply reply = Reply.decode(Welcome.of(challenge, hello, 1, SECRET).encode());
        assertThat(reply).isInstanceOfSatisfying(Welcome.class, welcome -> {
            assertThat(welcome.version()).isEqualTo(1);
            assertThat(welcome.isProven(challenge, nonce(2), SECRET)).isTrue();
        });
    }

    @Test
    @DisplayName("is none with somebody who knows another secret, whichever side it is")
    void wrongSecret() {
        assertThat(HELLO.isProven(CHALLENGE, OTHER)).isFalse();
        assertThat(Welcome.of(CHALLENGE, HELLO, 1, OTHER).isProven(CHALLENGE, nonce(2), SECRET))
                .isFalse();
    }

    @Test
    @DisplayName("proves nothing when it is said again on another link")
    void replayed() {
        assertThat(HELLO.isProven(new Challenge(nonce(3)), SECRET)).isFalse();
        Welcome welcome = Welcome.of(CHALLENGE, HELLO, 1, SECRET);
        assertThat(welcome.isProven(new Challenge(nonce(3)), nonce(2), SECRET)).isFalse();
        assertThat(welcome.isProven(CHALLENGE, nonce(3), SECRET)).isFalse();
    }

    @Test
    @DisplayName("is not proven by what the other side has said itself")
    void reflected() {
        assertThat(new Welcome(1, HELLO.proof()).isProven(CHALLENGE, nonce(2), SECRET))
                .isFalse();
        Welcome welcome = Welcome.of(CHALLENGE, HELLO, 1, SECRET);
        assertThat(new Hello("a", "b", 1, 1, nonce(2), welcome.proof()).isProven(CHALLENGE, SECRET))
                .isFalse();
    }

    @Test
    @DisplayName("proves each word of it: neither the nodes nor the versions can be changed on the way")
    void changed() {
        byte[] proof = HELLO.proof();
        assertThat(new Hello("x", "b", 1, 1, nonce(2), proof).isProven(CHALLENGE, SECRET))
                .isFalse();
        assertThat(new Hello("a", "x", 1, 1, nonce(2), proof).isProven(CHALLENGE, SECRET))
                .isFalse();
        assertThat(new Hello("", "ab", 1, 1, nonce(2), proof).isProven(CHALLENGE, SECRET))
                .isFalse();
        assertThat(new Hello("a", "b", 0, 1, nonce(2), proof).isProven(CHALLENGE, SECRET))
                .isFalse();
        assertThat(new Hello("a", "b", 1, 2, nonce(2), proof).isProven(CHALLENGE, SECRET))
                .isFalse();
        assertThat(new Hello("a", "b", 1, 1, nonce(3), proof).isProven(CHALLENGE, SECRET))
                .isFalse();
        assertThat(new Welcome(2, Welcome.of(CHALLENGE, HELLO, 1, SECRET).proof())
                        .isProven(CHALLENGE, nonce(2), SECRET))
                .isFalse();
        assertThat(new Hello("a", "b", 1, 1, nonce(2), new byte[0]).isProven(CHALLENGE, SECRET))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "0, 1, 1", "1, 5, 1", "0, 0, ", "2, 3, ", "3, 2, ", "2, 1, "})
    @DisplayName("[neighbouring releases] agrees on the newest version that both speak, if there is one")
    void versions(int oldest, int newest, Integer common) {
        Hello hello = new Hello("a", "b", oldest, newest, nonce(2), new byte[32]);
        assertThat(hello.version().orElse(null)).isEqualTo(common);
    }

    @Test
    @DisplayName("can be refused, with a reason")
    void refused() throws MalformedFrameException {
        assertThat(Reply.decode(new Refusal("the sëcrets differ").encode()))
                .isEqualTo(new Refusal("the sëcrets differ"));
    }

    @Test
    @DisplayName("is none with what speaks something else, or breaks off")
    void malformed() {
        assertThatThrownBy(() -> Challenge.decode("HTTP/1.1 400 ".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedFrameException.class);
        assertThatThrownBy(() -> Challenge.decode(new Challenge(new byte[31]).encode()))
                .isInstanceOf(MalformedFrameException.class);
        byte[] hello = HELLO.encode();
        for (int length = 0; length < hello.length; length++) {
            byte[] part = Arrays.copyOf(hello, length);
            assertThatThrownBy(() -> Hello.decode(part)).isInstanceOf(MalformedFrameException.class);
        }
        assertThatThrownBy(() -> Reply.decode(new byte[0])).isInstanceOf(MalformedFrameException.class);
    }

    @Test
    @DisplayName("gives both sides the same key, and another one to every link")
    void keys() {
        ClusterSecret key = Introduction.linkKey(nonce(1), nonce(2), SECRET);
        byte[] sealed = key.sign("dialed", nonce(9));
        assertThat(Introduction.linkKey(nonce(1), nonce(2), SECRET).hasSigned(sealed, "dialed", nonce(9)))
                .isTrue();
        assertThat(Introduction.linkKey(nonce(2), nonce(1), SECRET).hasSigned(sealed, "dialed", nonce(9)))
                .isFalse();
        assertThat(Introduction.linkKey(nonce(1), nonce(3), SECRET).hasSigned(sealed, "dialed", nonce(9)))
                .isFalse();
        assertThat(key.hasSigned(sealed, "accepted", nonce(9))).isFalse();
    }

    @Test
    @DisplayName("does not show the secret")
    void secretStays() {
        assertThat(SECRET).hasToString("ClusterSecret[…]");
        assertThat(new String(HELLO.encode(), StandardCharsets.ISO_8859_1)).doesNotContain("the secret");
    }

    private static ClusterSecret secret(String text) {
        return new ClusterSecret(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] nonce(int fill) {
        byte[] nonce = new byte[Introduction.nonceLength()];
        Arrays.fill(nonce, (byte) fill);
        return nonce;
    }
}
