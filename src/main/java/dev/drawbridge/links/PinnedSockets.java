package dev.drawbridge.links;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Set;
import javax.net.SocketFactory;

/**
 * Sockets that connect to these addresses and to no other, however the HTTP client came to it: the last look at where it goes
 * is at the very address that the system is told.
 */
final class PinnedSockets extends SocketFactory {
    private final Set<InetAddress> addresses;

    PinnedSockets(Set<InetAddress> addresses) {
        this.addresses = Set.copyOf(addresses);
    }

    @Override
    public Socket createSocket() {
        return new PinnedSocket(addresses);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw new SocketException("only unconnected sockets are made here");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        throw new SocketException("only unconnected sockets are made here");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw new SocketException("only unconnected sockets are made here");
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        throw new SocketException("only unconnected sockets are made here");
    }

    private static final class PinnedSocket extends Socket {
        private final Set<InetAddress> addresses;

        PinnedSocket(Set<InetAddress> addresses) {
            super(Proxy.NO_PROXY); // nor one that system properties name
            this.addresses = addresses;
        }

        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
            boolean checked = endpoint instanceof InetSocketAddress internet
                    && !internet.isUnresolved()
                    && addresses.contains(internet.getAddress());
            if (!checked) {
                throw new ConnectException("not one of the addresses that were checked");
            }
            super.connect(endpoint, timeout);
        }

        @Override
        public void connect(SocketAddress endpoint) throws IOException {
            connect(endpoint, 0);
        }
    }
}
