package dev.drawbridge.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.protocol.Limit;
import dev.drawbridge.protocol.Limits;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(QuietHosts.class)
@DisplayName("[§21.6] the gate for sockets")
class ConnectionGateTest {
    private final HandClock clock = new HandClock();
    private final ConnectionGate gate = new ConnectionGate(new Limits.OfNode(1, 3, 5), clock, HostObserver.NONE);

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

    @Test
    @DisplayName("gives a network its minute back bit by bit, so that no instant takes two minutes' worth")
    void refill() {
        for (int i = 0; i < 5; i++) {
            assertThat(gate.enter("busy")).isEmpty();
            gate.leave();
        }
        clock.advance(Duration.ofSeconds(12));
        assertThat(gate.enter("busy")).isEmpty();
        assertThat(gate.enter("busy")).contains(Limit.CONNECTION_RATE);
    }

    @Test
    @DisplayName("counts all addresses of an IPv6 network as one, and forgets who has not come for a minute")
    void networks() {
        for (int i = 0; i < 5; i++) {
            assertThat(gate.enter("2001:db8:0:1::" + i)).isEmpty();
            gate.leave();
        }
        assertThat(gate.enter("[2001:db8:0:1:ffff::7]:443")).contains(Limit.CONNECTION_RATE);
        assertThat(gate.enter("2001:db8:0:2::1")).isEmpty();
        assertThat(gate.networks()).isEqualTo(2);

        clock.advance(Duration.ofMinutes(1));
        assertThat(gate.enter("192.0.2.1")).isEmpty();
        assertThat(gate.networks()).isEqualTo(1);
    }

    @Test
    @DisplayName("by default lets 2,000 clients behind one address back in at once, ten times within a minute")
    void storm() {
        ConnectionGate wide = new ConnectionGate(Limits.DEFAULT.node(), clock, HostObserver.NONE);
        for (int time = 0; time < 10; time++) {
            for (int client = 0; client < 2_000; client++) {
                assertThat(wide.enter("198.51.100.7")).isEmpty();
                wide.leave();
            }
        }
    }
}
