package dev.drawbridge.history;

import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.store.StoreException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for rooms and for their store.
 *
 * @param patience for so long: others wait for their turn meanwhile
 */
record Answers(Duration patience) {

    /** @throws VersionStoreException when nothing is known of it within the time */
    <T> T await(CompletionStage<T> stage) throws RoomCommandException {
        try {
            return stage.toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() instanceof CompletionException wrapped && wrapped.getCause() != null
                    ? wrapped.getCause()
                    : e.getCause();
            if (cause instanceof RoomCommandException refused) {
                throw refused;
            }
            if (cause instanceof StoreException failed) {
                throw failed;
            }
            throw new IllegalStateException("A room failed at a command", cause);
        } catch (TimeoutException e) {
            throw new VersionStoreException("The room did not answer within " + patience.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VersionStoreException("The server is shutting down", e);
        }
    }
}
