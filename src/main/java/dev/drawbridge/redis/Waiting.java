package dev.drawbridge.redis;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** How a virtual thread waits for Redis. Every command has a timeout of the driver, so it is never for ever. */
public final class Waiting {

    private Waiting() {}

    public static <T> T on(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
