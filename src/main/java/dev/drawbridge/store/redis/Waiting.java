package dev.drawbridge.store.redis;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** How a virtual thread waits for Redis. Every command has a timeout of the driver, so it is never for ever. */
final class Waiting {

    private Waiting() {}

    static <T> T on(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
