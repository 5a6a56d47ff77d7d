package dev.drawbridge.security;

import dev.drawbridge.config.AccessProperties.Webhook;
import dev.drawbridge.config.HttpUrl;
import dev.drawbridge.config.service.ServiceCall;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** Asks the webhook. */
final class WebhookCall implements AutoCloseable {
    private static final int MAX_ANSWER_BYTES = 64 * 1024;

    private final ServiceCall call;

    WebhookCall(Webhook settings) {
        HttpUrl.checked("drawbridge.access.webhook.url", settings.url());
        this.call = new ServiceCall(
                "the webhook", Objects.requireNonNull(settings.url()), settings.secret(), settings.timeout());
    }

    /** Fails when there is no answer in time. */
    CompletableFuture<WebhookAnswer> ask(byte[] question) {
        return call.post(question, MAX_ANSWER_BYTES).thenApply(it -> new WebhookAnswer(it.status(), it.body()));
    }

    @Override
    public void close() {
        call.close();
    }
}
