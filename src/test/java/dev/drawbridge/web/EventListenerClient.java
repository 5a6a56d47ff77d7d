package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** Follows server-sent events as a browser does, and keeps them. */
final class EventListenerClient implements Flow.Subscriber<String>, AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** One of them. */
    record Sent(String id, String event, String data) {}

    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private final List<String> fields = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private final CompletableFuture<Flow.Subscription> begun = new CompletableFuture<>();
    private volatile String lastId = "";
    private String event = "";
    private String data = "";

    private final CompletableFuture<HttpResponse.ResponseInfo> response = new CompletableFuture<>();

    static EventListenerClient open(HttpClient http, HttpRequest.Builder request) {
        EventListenerClient client = new EventListenerClient();
        var _ = http.sendAsync(request.GET().build(), info -> {
                    client.response.complete(info);
                    return HttpResponse.BodySubscribers.fromLineSubscriber(client);
                })
                .exceptionally(failure -> {
                    client.response.completeExceptionally(failure);
                    client.ended.complete(false);
                    throw new CompletionException(failure);
                });
        return client;
    }

    /** Opens a connection on which nothing is ever read. */
    static Socket openDeaf(int port, String path) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream()
                .write(("GET /admin/v1" + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                + AdminClient.TOKEN + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    HttpResponse.ResponseInfo response() {
        return response.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    EventListenerClient ready() {
        await(each -> "ready".equals(each.event()));
        return this;
    }

    Sent await(Predicate<Sent> wanted) {
        Awaitility.await().pollInterval(Duration.ofMillis(10)).atMost(LIMIT).until(() -> sent.stream()
                .anyMatch(wanted));
        return sent.stream().filter(wanted).findFirst().orElseThrow();
    }

    /** Those that are about rooms. */
    List<Sent> events() {
        return sent.stream()
                .filter(each -> !each.event().equals("ready") && !each.event().equals("missed"))
                .toList();
    }

    List<Sent> all() {
        return sent;
    }

    /** What a browser would send when it comes again. */
    String lastId() {
        return lastId;
    }

    /** Lines of any kind. */
    List<String> lines() {
        return fields;
    }

    /** Waits for its end; false when it was broken off. */
    boolean ended() {
        return ended.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        begun.complete(subscription);
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        fields.add(line);
        if (line.isEmpty()) {
            if (!data.isEmpty()) {
                sent.add(new Sent(lastId, event, data));
            }
            event = "";
            data = "";
        } else if (line.startsWith("id: ")) {
            lastId = line.substring(4);
        } else if (line.startsWith("event: ")) {
            event = line.substring(7);
        } else if (line.startsWith("data: ")) {
            assertThat(data).isEmpty();
            data = line.substring(6);
        }
    }

    @Override
    public void onError(Throwable failure) {
        ended.complete(false);
    }

    @Override
    public void onComplete() {
        ended.complete(true);
    }

    @Override
    public void close() {
        var _ = begun.thenAccept(Flow.Subscription::cancel);
    }
}
