package dev.drawbridge.links;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A web server on this machine that answers with any bytes at all. */
public final class RawServer implements AutoCloseable {
    private final ServerSocket listening;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    /** The heads of all requests. */
    public final List<String> asked = new CopyOnWriteArrayList<>();

    /** How often somebody connected, whatever they said then. */
    public final AtomicInteger connections = new AtomicInteger();

    /** What is written, for as long as it can be. */
    @FunctionalInterface
    public interface Answer {
        void to(OutputStream out) throws IOException;
    }

    private RawServer(ServerSocket listening) {
        this.listening = listening;
    }

    /** Starts one at an address of this machine. */
    public static RawServer at(String address) {
        try {
            ServerSocket listening = new ServerSocket();
            listening.bind(new InetSocketAddress(InetAddress.ofLiteral(address), 0));
            return serving(listening);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RawServer serving(ServerSocket listening) {
        RawServer server = new RawServer(listening);
        Thread.ofVirtual().start(server::accept);
        return server;
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** Also a redirect goes there. */
    public RawServer answer(String path, Answer answer) {
        answers.put(path, answer);
        return this;
    }

    public RawServer answer(String path, String head, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return answer(path, out -> out.write(response(head + "\r\nContent-Length: " + bytes.length, bytes)));
    }

    public RawServer page(String path, String html) {
        return answer(path, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8", html);
    }

    public RawServer redirect(String path, String location) {
        return answer(path, "HTTP/1.1 302 Found\r\nLocation: " + location, "");
    }

    public static byte[] response(String head, byte[] body) {
        byte[] front = (head + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = new byte[front.length + body.length];
        System.arraycopy(front, 0, all, 0, front.length);
        System.arraycopy(body, 0, all, front.length, body.length);
        return all;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            List<String> head = new ArrayList<>();
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                head.add(line);
            }
            if (!head.isEmpty()) {
                asked.add(String.join("\n", head));
                String target = head.getFirst().split(" ", -1)[1];
                answers.getOrDefault(target, out -> out.write(response("HTTP/1.1 404 Not Found", new byte[0])))
                        .to(socket.getOutputStream());
            }
        } catch (IOException e) {
            // whoever asked has gone
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
