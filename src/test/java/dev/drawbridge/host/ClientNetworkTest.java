package dev.drawbridge.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Issue 10, point 8. */
@DisplayName("Whom an address stands for")
class ClientNetworkTest {

    @ParameterizedTest(name = "{0} and {1} are one")
    @CsvSource({
        "192.0.2.1, 192.0.2.1:50123",
        "192.0.2.1, ::ffff:192.0.2.1",
        "192.0.2.1, [::ffff:c000:201]:443",
        "192.0.2.1, '\"192.0.2.1:80\"'",
        "2001:db8::1, 2001:DB8:0:0:ffff:ffff:ffff:ffff",
        "2001:db8::1, [2001:db8::2]",
        "2001:db8::1, '\"[2001:db8::2]:4711\"'",
        "fe80::1, fe80::2%eth0",
        "fe80::1, fe80:0:0:0:0:0:0:1%25no-such-interface",
        "_hidden, _hidden",
        "unknown, ' unknown '",
    })
    void one(String address, String other) {
        assertThat(ClientNetwork.of(address)).isEqualTo(ClientNetwork.of(other));
    }

    @ParameterizedTest(name = "{0} and {1} are two")
    @CsvSource({
        "192.0.2.1, 192.0.2.2",
        "2001:db8:0:1::1, 2001:db8:0:2::1",
        "_hidden, _secret",
        "192.0.2.1, ::192.0.2.1",
    })
    void two(String address, String other) {
        assertThat(ClientNetwork.of(address)).isNotEqualTo(ClientNetwork.of(other));
    }

    @ParameterizedTest(name = "{0} is no address, and borne")
    @CsvSource({"''", "'['", "']'", "':'", "'%'", "'\"'", "'\"\"'", "'[]:1'", "a:b:c"})
    void none(String text) {
        assertThat(ClientNetwork.of(text)).isEqualTo(ClientNetwork.of(text));
    }

    @Test
    @DisplayName("what is written at length is not kept at length")
    void length() {
        assertThat(ClientNetwork.of("x".repeat(1 << 20)).name()).hasSize(64);
    }
}
