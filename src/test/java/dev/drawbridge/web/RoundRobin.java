package dev.drawbridge.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What stands before several servers and knows nothing of them: each connection goes to the next one, and to the one after
 * that where nobody listens. Whether a server that listens is any good, it does not ask.
 */
final class RoundRobin implements AutoCloseable {
    private final ServerSocket listening;
    private final List<Integer> ports = new CopyOnWriteArrayList<>();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger turnedAway = new AtomicInteger();

    RoundRobin() throws IOException {
        listening = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    void add(int port) {
        ports.add(port);
    }

    void remove(int port) {
        ports.removeIf(each -> each == port);
    }

    /** How many connections nobody has taken. */
    int turnedAway() {
        return turnedAway.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket near = listening.accept();
                Thread.ofVirtual().start(() -> connect(near));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void connect(Socket near) {
        List<Integer> candidates = List.copyOf(ports);
        for (int i = 0; i < candidates.size(); i++) {
            int port = candidates.get(Math.floorMod(next.getAndIncrement(), candidates.size()));
            try {
                Socket far = new Socket(InetAddress.getLoopbackAddress(), port);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> carry(near, far));
                Thread.ofVirtual().start(() -> carry(far, near));
                return;
            } catch (IOException e) {
                // to the next one
            }
        }
        turnedAway.incrementAndGet();
        close(near);
    }

    private static void carry(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            in.transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
