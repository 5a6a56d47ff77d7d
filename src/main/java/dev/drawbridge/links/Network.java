package dev.drawbridge.links;

import java.net.InetAddress;
import java.util.Arrays;

/** All addresses that begin with the same bits: {@code 10.0.0.0/8}, {@code fc00::/7}, or one: {@code 192.0.2.1}. */
public final class Network {
    private final byte[] address;
    private final int bits;

    private Network(byte[] address, int bits) {
        this.address = address;
        this.bits = bits;
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException when it is none; also when an address is given that is not the first of its network:
     *     it is a slip
     */
    public static Network of(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        byte[] address = InetAddress.ofLiteral(literal).getAddress(); // ::ffff:192.0.2.1 comes as IPv4
        int most = address.length * 8;
        int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
        if (bits < 0 || bits > most) {
            throw new IllegalArgumentException(text);
        }
        Network network = new Network(address, bits);
        if (!Arrays.equals(network.masked(address), address)) {
            throw new IllegalArgumentException(text);
        }
        return network;
    }

    boolean contains(InetAddress other) {
        byte[] bytes = other.getAddress();
        return bytes.length == address.length && Arrays.equals(masked(bytes), address);
    }

    private byte[] masked(byte[] bytes) {
        byte[] masked = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            int kept = Math.clamp(bits - 8L * i, 0, 8);
            masked[i] = (byte) (bytes[i] & 0xff00 >> kept);
        }
        return masked;
    }
}
