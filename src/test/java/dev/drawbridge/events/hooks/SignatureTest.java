package dev.drawbridge.events.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A signature")
class SignatureTest {

    @Test
    @DisplayName("is the one that Standard Webhooks gives as its example")
    void example() {
        Secret secret = Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        byte[] body = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

        Signature signature = Signature.of(
                List.of(secret), "msg_p5jXN8AQM9LWM0D4loKWxJek", Instant.ofEpochSecond(1_614_265_330), body);

        assertThat(signature.value()).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assertThat(signature.timestamp()).isEqualTo("1614265330");
    }

    @Test
    @DisplayName("is made with each secret while one is being changed, and each is verified by another implementation")
    void severalSecrets() {
        String newer = "a-new-secret-of-the-team-2026";
        String older = "whsec_" + "b2xkLXNlY3JldC1vZi10aGUtdGVhbS0wMDAwMQ==";
        byte[] body = "{\"ü\":\"\uD83D\uDE00\"}".getBytes(StandardCharsets.UTF_8);

        Signature signature = Signature.of(
                List.of(Secret.of(newer), Secret.of(older)), "log-1", Instant.ofEpochSecond(1_700_000_000), body);

        assertThat(signature.value().split(" ")).hasSize(2);
        for (String secret : List.of(newer, older)) {
            assertThat(OtherVerifier.verifies(secret, "log-1", "1700000000", signature.value(), body))
                    .as(secret)
                    .isTrue();
        }
        assertThat(OtherVerifier.verifies("somebody-elses-secret-2026", "log-1", "1700000000", signature.value(), body))
                .isFalse();
        assertThat(OtherVerifier.verifies(newer, "log-2", "1700000000", signature.value(), body))
                .isFalse();
        assertThat(OtherVerifier.verifies(newer, "log-1", "1700000001", signature.value(), body))
                .isFalse();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            short                                  | has 5 bytes
            12345678901234567890123                | has 23 bytes
            whsec_c2hvcnQ=                         | has 5 bytes
            whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS  | does not go on as Base64
            whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaL_-w | does not go on as Base64
            """)
    @DisplayName("is not made with a secret that can be guessed or is no Base64, which is said without telling it")
    void badSecrets(String text, String why) {
        assertThatThrownBy(() -> Secret.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining(text);
    }

    @Test
    @DisplayName("does not tell its secret")
    void hidden() {
        assertThat(Secret.of("a-secret-of-the-team-2026-1")).hasToString("Secret[…]");
    }
}
