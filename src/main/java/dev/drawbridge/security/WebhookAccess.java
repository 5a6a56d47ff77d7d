package dev.drawbridge.security;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.drawbridge.config.service.Bulkhead;
import dev.drawbridge.config.service.ServiceException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Lets in whom a service of the team lets in. Who asks the very same while an answer is awaited, or holds, shares it: after a
 * restart everybody comes at once. That nobody answered is never kept.
 */
final class WebhookAccess implements RoomAccess, AutoCloseable {
    private static final int MAX_ANSWERS = 10_000;

    private final WebhookQuestion questions;
    private final WebhookCall call;
    private final Bulkhead<WebhookAnswer> bulkhead;
    private final InstantSource clock;
    private final AsyncCache<String, AccessDecision> answers;

    WebhookAccess(
            WebhookQuestion questions,
            WebhookCall call,
            Bulkhead<WebhookAnswer> bulkhead,
            Duration cacheTtl,
            InstantSource clock) {
        this.questions = questions;
        this.call = call;
        this.bulkhead = bulkhead;
        this.clock = clock;
        this.answers = Caffeine.newBuilder()
                .maximumSize(MAX_ANSWERS)
                .expireAfter(Expiry.creating((String question, AccessDecision answer) -> holds(answer, cacheTtl)))
                .buildAsync();
    }

    private Duration holds(AccessDecision answer, Duration cacheTtl) {
        Instant end = answer instanceof AccessDecision.Allowed allowed ? allowed.expiresAt() : null;
        if (end == null) {
            return cacheTtl;
        }
        Duration left = Duration.between(clock.instant(), end);
        return left.compareTo(cacheTtl) < 0 ? left : cacheTtl;
    }

    @Override
    public AccessDecision decide(AccessRequest request) {
        byte[] question = questions.about(request);
        try {
            return answers.get(digest(question), (key, executor) -> call(question))
                    .join();
        } catch (CompletionException e) {
            return new AccessDecision.Unavailable(why(e.getCause()));
        }
    }

    private CompletableFuture<AccessDecision> call(byte[] question) {
        return bulkhead.ask(() -> call.ask(question)).thenApply(answer -> answer.decision(clock.instant()));
    }

    private static String why(@Nullable Throwable cause) {
        return cause instanceof ServiceException unusable
                ? unusable.getMessage()
                : "the webhook cannot be reached: " + cause;
    }

    @Override
    public void close() {
        call.close();
    }

    /** What is asked may be long and holds tokens: it is not kept. */
    private static String digest(byte[] question) {
        try {
            return new String(
                    Base64.getEncoder()
                            .encode(MessageDigest.getInstance("SHA-256").digest(question)),
                    StandardCharsets.US_ASCII);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
