package dev.drawbridge.links;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses a stranger may have us connect to: the public ones of the internet, by the registries of IANA for special
 * addresses, and what the operator allows besides.
 */
public final class AddressRules {
    private static final List<Network> SPECIAL_IPV4 = networks(
            "0.0.0.0/8", // this network; 0.0.0.0 is this machine
            "10.0.0.0/8", // private
            "100.64.0.0/10", // shared, behind the NAT of a carrier; metadata of some clouds
            "127.0.0.0/8", // loopback
            "169.254.0.0/16", // link-local; metadata of clouds
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments; metadata of some clouds
            "192.0.2.0/24", // documentation
            "192.31.196.0/24", // AS112
            "192.52.193.0/24", // automatic multicast tunneling
            "192.88.99.0/24", // relays of 6to4
            "192.168.0.0/16", // private
            "192.175.48.0/24", // AS112
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"); // reserved, and broadcast

    /** Of IPv6 only this is given out to anybody; all else is local, multicast, translated, or nobody's. */
    private static final Network GLOBAL_IPV6 = Network.of("2000::/3");

    private static final List<Network> SPECIAL_IPV6 = networks(
            "2001::/23", // protocol assignments, Teredo among them: it carries an IPv4 address
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4: it carries an IPv4 address
            "2620:4f:8000::/48", // AS112
            "3ffe::/16", // the 6bone, given back
            "3fff::/20"); // documentation

    private static final AddressRules PUBLIC_ONLY = new AddressRules(List.of());

    private final List<Network> allowed;

    /** @param allowed networks that may be connected to although they are not public */
    public AddressRules(List<Network> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    /** Nothing but public addresses. */
    public static AddressRules publicOnly() {
        return PUBLIC_ONLY;
    }

    private static List<Network> networks(String... texts) {
        return Stream.of(texts).map(Network::of).toList();
    }

    boolean allow(InetAddress address) {
        return isPublic(address) || allowed.stream().anyMatch(network -> network.contains(address));
    }

    /** An IPv6 address that is but another way to write an IPv4 address is in no network that is given out. */
    private static boolean isPublic(InetAddress address) {
        return address.getAddress().length == 4
                ? SPECIAL_IPV4.stream().noneMatch(network -> network.contains(address))
                : GLOBAL_IPV6.contains(address)
                        && SPECIAL_IPV6.stream().noneMatch(network -> network.contains(address));
    }
}
