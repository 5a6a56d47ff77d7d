package dev.drawbridge.store.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** The network before a Redis server: on demand it swallows what the server answers, and cuts all connections. */
public final class CutOffRedis implements AutoCloseable {
    private final ServerSocket door;
    private final int serverPort;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean swallowing;
    private volatile Optional<String> swallowingFrom = Optional.empty();
    private final AtomicLong swallowed = new AtomicLong();

    public CutOffRedis(int serverPort) {
        this.serverPort = serverPort;
        try {
            this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    /** From now on the server hears everything and nobody hears the server. */
    public void swallowAnswers() {
        swallowing = true;
    }

    /** From when a client sends this on, the server hears everything and nobody hears the server. */
    public void swallowAnswersFrom(String command) {
        swallowingFrom = Optional.of(command);
    }

    public long swallowed() {
        return swallowed.get();
    }

    /** Cuts the connections that are there; new ones work. */
    public void cut() {
        List<Socket> old = List.copyOf(sockets);
        sockets.removeAll(old);
        old.forEach(CutOffRedis::close);
        swallowing = false;
        swallowingFrom = Optional.empty();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                sockets.addAll(List.of(client, server));
                Thread.ofVirtual().start(() -> copy(client, server, false));
                Thread.ofVirtual().start(() -> copy(server, client, true));
            } catch (IOException e) {
                // closed, or the server is not there
            }
        }
    }

    private void copy(Socket from, Socket to, boolean answers) {
        byte[] buffer = new byte[1 << 16];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (!answers && isToSwallowFrom(new String(buffer, 0, n, StandardCharsets.ISO_8859_1))) {
                    swallowing = true;
                }
                if (answers && swallowing) {
                    swallowed.addAndGet(n);
                } else {
                    out.write(buffer, 0, n);
                }
            }
        } catch (IOException e) {
            // cut
        }
        close(from);
        close(to);
    }

    private boolean isToSwallowFrom(String sent) {
        return swallowingFrom.map(sent::contains).orElse(false);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
