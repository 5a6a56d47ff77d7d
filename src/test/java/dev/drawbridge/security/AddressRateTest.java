package dev.drawbridge.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An address with a rate")
class AddressRateTest {
    private static final String ADDRESS = "192.0.2.1";

    private long now = Long.MAX_VALUE - 1_000_000_000; // System.nanoTime may begin anywhere, and run over
    private final AddressRate rate = new AddressRate(6, Duration.ofMinutes(1), () -> now);

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private void take(String address, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(rate.take(address)).isZero();
        }
    }

    @Test
    @DisplayName("has all its times at once, and then one after the other")
    void evenly() {
        take(ADDRESS, 6);
        for (int i = 0; i < 4; i++) {
            assertThat(rate.take(ADDRESS)).isEqualTo(Duration.ofSeconds(10));
            pass(Duration.ofSeconds(9));
            assertThat(rate.take(ADDRESS)).isEqualTo(Duration.ofSeconds(1));
            pass(Duration.ofSeconds(1));
            take(ADDRESS, 1);
        }
    }

    @Test
    @DisplayName("has all of them again after the period, and no more after several")
    void recovers() {
        take(ADDRESS, 6);
        pass(Duration.ofMinutes(5));
        take(ADDRESS, 6);
        assertThat(rate.take(ADDRESS)).isPositive();
    }

    @Test
    @DisplayName("takes nothing from others, but from its IPv6 network")
    void network() {
        take("2001:db8:1:2::1", 6);
        assertThat(rate.take("2001:db8:1:2:ffff::7")).isPositive();
        take("2001:db8:1:3::1", 6);
        take(ADDRESS, 6);
    }
}
