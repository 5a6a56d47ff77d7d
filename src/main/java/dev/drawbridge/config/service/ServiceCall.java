package dev.drawbridge.config.service;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks a service by {@code POST}. By the JDK's client: Spring's ones write what they send to the debug log. */
public final class ServiceCall implements AutoCloseable {
    private final String name;
    private final URI url;
    private final String authorization;
    private final Duration timeout;
    private final ExecutorService threads;
    private final HttpClient http;
    private final ScheduledExecutorService deadlines;

    /** What it has answered. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Answer(int status, byte[] body) {}

    /**
     * Asks nobody yet.
     *
     * @param name what the service is called, for the log
     * @param url an address on the web
     * @param token sent along, so that it knows who asks
     * @param timeout for all of an answer: a body may trickle in
     */
    public ServiceCall(String name, URI url, @Nullable String token, Duration timeout) {
        this.name = name;
        this.url = url;
        this.authorization = token == null ? "" : "Bearer " + token;
        this.timeout = timeout;
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("service-", 0).factory());
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER) // it would carry the token elsewhere
                .executor(threads)
                .build();
        this.deadlines = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("service-deadlines").factory());
    }

    /** Never waits; fails when there is no answer in time, or when it is longer than it may be. */
    public CompletableFuture<Answer> post(byte[] question, int mostAnswerBytes) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofByteArray(question));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        CompletableFuture<HttpResponse<byte[]>> response =
                http.sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), mostAnswerBytes));
        CompletableFuture<Answer> answer = response.thenApply(it -> new Answer(it.statusCode(), it.body()));
        var deadline = deadlines.schedule(
                () -> {
                    if (answer.completeExceptionally(new ServiceException(
                            ServiceException.Failure.TIMEOUT,
                            name + " did not answer within " + timeout.toMillis() + " ms"))) {
                        response.cancel(true);
                    }
                },
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
        var _ = answer.whenComplete((it, error) -> deadline.cancel(false));
        return answer;
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
        http.shutdownNow();
        threads.shutdownNow();
    }
}
