package dev.drawbridge.store.redis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Counts what has begun and has not ended, so that closing can wait for it. All of it ends: commands have a timeout. */
final class InFlight {
    private int running;
    private boolean closed;

    <T> CompletionStage<T> begin(Supplier<CompletionStage<T>> work) {
        if (!enter()) {
            return CompletableFuture.failedFuture(new IllegalStateException("the store is closed"));
        }
        CompletionStage<T> stage;
        try {
            stage = work.get();
        } catch (RuntimeException e) {
            stage = CompletableFuture.failedFuture(e);
        }
        return stage.whenComplete((value, error) -> leave());
    }

    private synchronized boolean enter() {
        if (closed) {
            return false;
        }
        running++;
        return true;
    }

    private synchronized void leave() {
        running--;
        notifyAll();
    }

    /** Nothing begins any more; returns when all has ended. */
    synchronized void close() throws InterruptedException {
        closed = true;
        while (running > 0) {
            wait();
        }
    }
}
