package dev.drawbridge.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An address")
class AddressRulesTest {

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.100.100.200",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "169.254.170.2",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "::8.8.8.8",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::808:808",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:0:4136:e378:8000:63bf:3fff:fdd2",
                "2001:db8::1",
                "2002:7f00:1::",
                "2002:808:808::1",
                "3fff::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "ff0e::1",
                "4000::1",
                "5f00::1"
            })
    @DisplayName("that is not public is not allowed")
    void special(String address) {
        assertThat(AddressRules.publicOnly().allow(InetAddress.ofLiteral(address)))
                .isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "169.253.255.255",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.1",
                "192.167.255.255",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "::ffff:8.8.8.8",
                "2001:4860:4860::8888",
                "2606:4700:4700::1111",
                "2a00:1450:4001::1"
            })
    @DisplayName("that is public is allowed")
    void ordinary(String address) {
        assertThat(AddressRules.publicOnly().allow(InetAddress.ofLiteral(address)))
                .isTrue();
    }

    @Test
    @DisplayName("that the operator names is allowed, and its neighbour is not")
    void allowed() {
        AddressRules rules = new AddressRules(List.of(Network.of("10.1.0.0/16"), Network.of("fd00::7")));
        assertThat(rules.allow(InetAddress.ofLiteral("10.1.2.3"))).isTrue();
        assertThat(rules.allow(InetAddress.ofLiteral("::ffff:10.1.2.3"))).isTrue();
        assertThat(rules.allow(InetAddress.ofLiteral("10.2.0.0"))).isFalse();
        assertThat(rules.allow(InetAddress.ofLiteral("fd00::7"))).isTrue();
        assertThat(rules.allow(InetAddress.ofLiteral("fd00::8"))).isFalse();
        assertThat(rules.allow(InetAddress.ofLiteral("127.0.0.1"))).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"", "/", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.1/8", "10/8", "example.com", "::/129"
            })
    @DisplayName("that is none, or not the first of its network, names no network")
    void noNetwork(String text) {
        assertThatThrownBy(() -> Network.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
