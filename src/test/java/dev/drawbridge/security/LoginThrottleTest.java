package dev.drawbridge.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Who fails to log in")
class LoginThrottleTest {
    private Instant now = Instant.EPOCH;
    private final LoginThrottle throttle = new LoginThrottle(() -> now.toEpochMilli());

    private void fail(String address, int times) {
        for (int i = 0; i < times; i++) {
            throttle.failed(address);
        }
    }

    @Test
    @DisplayName("may fail four times for nothing, then waits for 1, 2, 4 … 64 seconds")
    void growing() {
        fail("192.0.2.1", 4);
        assertThat(throttle.wait("192.0.2.1")).isZero();
        for (int wait : new int[] {1, 2, 4, 8, 16, 32, 64, 64}) {
            fail("192.0.2.1", 1);
            assertThat(throttle.wait("192.0.2.1")).isEqualTo(Duration.ofSeconds(wait));
            now = now.plusSeconds(wait);
            assertThat(throttle.wait("192.0.2.1")).isZero();
        }
    }

    @Test
    @DisplayName("makes nobody else wait")
    void others() {
        fail("192.0.2.1", 20);
        assertThat(throttle.wait("192.0.2.2")).isZero();
    }

    @Test
    @DisplayName("is forgiven at the first success")
    void success() {
        fail("192.0.2.1", 20);
        throttle.succeeded("192.0.2.1");
        fail("192.0.2.1", 1);
        assertThat(throttle.wait("192.0.2.1")).isZero();
    }

    @Test
    @DisplayName("is one and the same within an IPv6 network")
    void network() {
        fail("2001:db8:1:2::1", 20);
        assertThat(throttle.wait("2001:db8:1:2:ffff::7")).isPositive();
        assertThat(throttle.wait("2001:db8:1:3::1")).isZero();
    }
}
