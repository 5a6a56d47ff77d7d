package dev.drawbridge.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.protocol.Limit;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(QuietHosts.class)
@DisplayName("[§21.6] the gate for sockets")
class ConnectionGateTest {
    private final HandClock clock = new HandClock();
    private final ConnectionGate gate = new ConnectionGate(3, 5, clock, HostObserver.NONE);

    @Test
    @DisplayName("takes as many as may be open, and another when one has left")
    void open() {
        for (int i = 0; i < 3; i++) {
            assertThat(gate.enter("address " + i)).isEmpty();
        }
        assertThat(gate.enter("another")).contains(Limit.CONNECTIONS);
        assertThat(gate.enter("another")).contains(Limit.CONNECTIONS);

        gate.leave();
        assertThat(gate.enter("another")).isEmpty();
    }

    @Test
    @DisplayName("[issue 10, A8] counts a network of IPv6 as one address, and an address of IPv4 alike however it is written")
    void networks() {
        for (int i = 0; i < 5; i++) {
            assertThat(gate.enter("2001:db8:1:2:" + i + "::1%eth0")).isEmpty();
            gate.leave();
        }
        assertThat(gate.enter("2001:db8:1:2::1")).contains(Limit.CONNECTION_RATE);
        assertThat(gate.enter("2001:db8:1:3::1")).isEmpty();
        gate.leave();
        assertThat(AddressBlock.of("::ffff:192.0.2.7")).isEqualTo(AddressBlock.of("192.0.2.7"));
        assertThat(AddressBlock.of("192.0.2.8")).isNotEqualTo(AddressBlock.of("192.0.2.7"));
        assertThat(AddressBlock.of(":no:address")).isEqualTo(":no:address");
    }

    @Test
    @DisplayName("takes so many a minute from one address, and harms no other")
    void rate() {
        for (int i = 0; i < 5; i++) {
            assertThat(gate.enter("busy")).isEmpty();
            gate.leave();
        }
        assertThat(gate.enter("busy")).contains(Limit.CONNECTION_RATE);
        assertThat(gate.enter("other")).isEmpty();

        clock.advance(Duration.ofMinutes(1));
        assertThat(gate.enter("busy")).isEmpty();
    }
}
