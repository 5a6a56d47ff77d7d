package dev.drawbridge.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * What tests put between a store and the S3 server: it can lose requests and answers, answer itself, or keep silent. It
 * also lets one write at a time at a key: S3 decides on conditions one by one, S3Proxy looks at If-Match first and writes
 * then.
 */
public final class S3Front implements AutoCloseable {
    private final HttpServer http;
    private final int server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, ReentrantLock> writing = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Function<Call, Fate> fates = call -> new Fate.Pass();

    /** A request as it came. */
    public record Call(String method, String path, Map<String, List<String>> headers) {

        public boolean has(String header) {
            return headers.keySet().stream().anyMatch(header::equalsIgnoreCase);
        }

        public boolean isWrite() {
            return !Set.of("GET", "HEAD").contains(method);
        }
    }

    /** What becomes of a request. */
    public sealed interface Fate {

        /** It is answered by the server. */
        record Pass() implements Fate {}

        /** Nobody ever sees it. */
        record LoseRequest() implements Fate {}

        /** It is done, and nobody hears of it. */
        record LoseAnswer() implements Fate {}

        /** The server does not see it. */
        record Answer(int status, String code) implements Fate {}

        /** It is done, and this is said about it. */
        record Lie(int status) implements Fate {}

        /** It is done without its conditions, and there is nothing to say about that. */
        record DoneOtherwise(Runnable otherwise) implements Fate {}

        /** Nothing happens, for ever. */
        record Silence() implements Fate {}

        /** Its answer breaks off after so many bytes. */
        record CutOff(int bytes) implements Fate {}
    }

    public S3Front(int port, int server) throws IOException {
        this.server = server;
        this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
        http.setExecutor(threads);
        http.createContext("/", this::handle);
        http.start();
    }

    static S3Front before(S3Server server) throws IOException {
        return new S3Front(0, server.port());
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** What becomes of the requests that come from now on. */
    public void fates(Function<Call, Fate> decided) {
        fates = decided;
        requests.clear();
    }

    public void heal() {
        fates(call -> new Fate.Pass());
    }

    /** The methods and paths of what came since the fates were decided. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Call call = new Call(
                    exchange.getRequestMethod(), exchange.getRequestURI().toString(), exchange.getRequestHeaders());
            byte[] body = exchange.getRequestBody().readAllBytes();
            requests.add(call.method() + " " + call.path());
            switch (fates.apply(call)) {
                case Fate.Pass ignored -> answer(exchange, serve(call, body), Integer.MAX_VALUE);
                case Fate.LoseRequest ignored -> {}
                case Fate.LoseAnswer ignored -> serve(call, body);
                case Fate.Answer(int status, String code) -> answerWith(exchange, status, code);
                case Fate.Lie(int status) -> {
                    serve(call, body);
                    exchange.getResponseHeaders().add("ETag", "\"a-lie\"");
                    exchange.sendResponseHeaders(status, -1);
                }
                case Fate.DoneOtherwise(Runnable otherwise) -> {
                    otherwise.run();
                    exchange.sendResponseHeaders(204, -1);
                }
                case Fate.Silence ignored -> closed.await();
                case Fate.CutOff(int bytes) -> answer(exchange, serve(call, body), bytes);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answerWith(HttpExchange exchange, int status, String code) throws IOException {
        byte[] text = ("<?xml version=\"1.0\"?><Error><Code>" + code
                        + "</Code><Message>as a test wants it</Message></Error>")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, exchange.getRequestMethod().equals("HEAD") ? -1 : text.length);
        if (!exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseBody().write(text);
        }
    }

    private void answer(HttpExchange exchange, byte[] response, int atMost) throws IOException {
        int headEnd = endOfHead(response);
        String[] head = new String(response, 0, headEnd, StandardCharsets.ISO_8859_1).split("\r\n", -1);
        for (String line : Arrays.copyOfRange(head, 1, head.length)) {
            String name = line.substring(0, line.indexOf(':'));
            if (!Set.of("connection", "content-length", "transfer-encoding").contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders()
                        .add(name, line.substring(name.length() + 1).strip());
            }
        }
        int status = Integer.parseInt(head[0].split(" ", 3)[1]);
        int length = response.length - headEnd - 4;
        if (exchange.getRequestMethod().equals("HEAD") || length == 0) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, length);
        exchange.getResponseBody().write(response, headEnd + 4, Math.min(length, atMost));
        exchange.getResponseBody().flush();
    }

    private static int endOfHead(byte[] response) {
        for (int i = 0; i + 3 < response.length; i++) {
            if (response[i] == '\r' && response[i + 1] == '\n' && response[i + 2] == '\r' && response[i + 3] == '\n') {
                return i;
            }
        }
        throw new IllegalStateException("no head in " + new String(response, StandardCharsets.ISO_8859_1));
    }

    /** As it came, with its host: that is signed too. HTTP/1.0 so that the answer comes in one piece. */
    private byte[] serve(Call call, byte[] body) {
        ReentrantLock lock = writing.computeIfAbsent(call.path(), any -> new ReentrantLock());
        if (call.isWrite()) {
            lock.lock();
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server)) {
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            StringBuilder head = new StringBuilder(call.method() + " " + call.path() + " HTTP/1.0\r\n");
            call.headers().forEach((name, values) -> {
                if (!name.equalsIgnoreCase("Connection")) {
                    values.forEach(value ->
                            head.append(name).append(": ").append(value).append("\r\n"));
                }
            });
            request.writeBytes(
                    head.append("Connection: close\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            request.writeBytes(body);
            socket.getOutputStream().write(request.toByteArray());
            socket.getOutputStream().flush();
            return socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (call.isWrite()) {
                lock.unlock();
            }
        }
    }

    @Override
    public void close() {
        closed.countDown();
        http.stop(0);
        threads.shutdownNow();
    }
}
