package dev.drawbridge.security;

import dev.drawbridge.config.AccessProperties.Webhook;
import dev.drawbridge.config.HttpUrl;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Asks the webhook. By the JDK's client: Spring's ones write what they send to the debug log. */
final class WebhookCall implements AutoCloseable {
    private static final int MAX_ANSWER_BYTES = 64 * 1024;

    private final URI url;
    private final String authorization;
    private final Duration timeout;
    private final HttpClient http;
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("webhook-deadlines").factory());

    WebhookCall(Webhook settings) {
        HttpUrl.checked("drawbridge.access.webhook.url", settings.url());
        this.url = Objects.requireNonNull(settings.url());
        this.authorization = settings.secret() == null ? "" : "Bearer " + settings.secret();
        this.timeout = settings.timeout();
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER) // it would carry the secret elsewhere
                .executor(Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("webhook-", 0).factory()))
                .build();
    }

    /** Fails when there is no answer in time. The time is for all of it: a body may trickle in. */
    CompletableFuture<WebhookAnswer> ask(byte[] question) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofByteArray(question));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        CompletableFuture<HttpResponse<byte[]>> response =
                http.sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
        CompletableFuture<WebhookAnswer> answer =
                response.thenApply(it -> new WebhookAnswer(it.statusCode(), it.body()));
        var deadline = deadlines.schedule(
                () -> {
                    if (answer.completeExceptionally(new WebhookAnswer.UnusableException(
                            "the webhook did not answer within " + timeout.toMillis() + " ms"))) {
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
    }
}
