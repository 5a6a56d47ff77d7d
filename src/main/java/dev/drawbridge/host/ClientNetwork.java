package dev.drawbridge.host;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Whom an address stands for when something is counted per address: an IPv4 address for itself, an IPv6 address for its
 * /64, since whoever has one of these has 2^64 of them.
 *
 * @param name one for each network; not for people
 */
public record ClientNetwork(String name) {
    private static final int IPV6_BYTES = 8;
    private static final int MAX_NAME_LENGTH = 64;

    /**
     * The network of an address as a container or a proxy writes it: maybe an IPv6 address in brackets, with a scope, or one
     * that stands for an IPv4 address; maybe with a port, in quotes (RFC 7239). What is none of these is its own network.
     */
    public static ClientNetwork of(String address) {
        String bare = withoutScope(withoutPort(withoutQuotes(address.strip())));
        try {
            InetAddress parsed = InetAddress.ofLiteral(bare); // asks no DNS; ::ffff:192.0.2.1 comes as IPv4
            return new ClientNetwork(
                    parsed instanceof Inet6Address
                            ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), IPV6_BYTES))
                            : parsed.getHostAddress());
        } catch (IllegalArgumentException e) {
            return new ClientNetwork(bare.length() <= MAX_NAME_LENGTH ? bare : bare.substring(0, MAX_NAME_LENGTH));
        }
    }

    private static String withoutQuotes(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    private static String withoutPort(String text) {
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            return end < 0 ? text : text.substring(1, end);
        }
        int colon = text.indexOf(':');
        return colon >= 0 && text.indexOf(':', colon + 1) < 0 ? text.substring(0, colon) : text;
    }

    private static String withoutScope(String text) {
        int percent = text.indexOf('%');
        return percent < 0 ? text : text.substring(0, percent);
    }
}
