package dev.drawbridge.cluster;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends waits that take too long. */
public interface Deadlines {

    /** By the time that passes on this machine. */
    Deadlines SYSTEM = new Deadlines() {
        @Override
        public <T> CompletableFuture<T> within(long millis, CompletionStage<T> stage) {
            return stage.toCompletableFuture().copy().orTimeout(millis, TimeUnit.MILLISECONDS);
        }
    };

    /** Ends like that stage, or fails with a {@link TimeoutException}. */
    <T> CompletableFuture<T> within(long millis, CompletionStage<T> stage);
}
