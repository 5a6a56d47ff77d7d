package dev.drawbridge.events.hooks;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of an answer. What follows is read, so that the connection can be used again, and let go; of an answer
 * that does not want to end the rest is not waited for.
 */
final class ShortBody implements HttpResponse.BodySubscriber<String> {
    private static final int KEPT = 400;
    private static final int MOST_READ = 64 << 10;

    private final CompletableFuture<String> text = new CompletableFuture<>();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(KEPT);
    private int read;
    private Flow.@Nullable Subscription subscription;

    @Override
    public CompletionStage<String> getBody() {
        return text;
    }

    @Override
    public void onSubscribe(Flow.Subscription incoming) {
        subscription = incoming;
        incoming.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            read = Math.min(MOST_READ, read + buffer.remaining());
            byte[] some = new byte[Math.min(KEPT - kept.size(), buffer.remaining())];
            buffer.get(some);
            kept.writeBytes(some);
        }
        Flow.Subscription running = subscription;
        if (read == MOST_READ && running != null) {
            running.cancel();
            onComplete();
        }
    }

    @Override
    public void onError(Throwable error) {
        text.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
        text.complete(kept.toString(StandardCharsets.UTF_8));
    }
}
