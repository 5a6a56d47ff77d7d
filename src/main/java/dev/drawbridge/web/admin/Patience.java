package dev.drawbridge.web.admin;

import dev.drawbridge.config.AdminProperties;
import dev.drawbridge.history.VersionException;
import dev.drawbridge.history.VersionStoreException;
import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.store.StoreException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Waits for what a room answers. Requests have threads of their own, virtual ones, so that waiting costs nothing. */
@Component
public class Patience {
    private static final Logger log = LoggerFactory.getLogger(Patience.class);

    private final Duration limit;

    @Autowired
    Patience(AdminProperties properties) {
        this(properties.timeout());
    }

    /** That of another door. */
    public Patience(Duration limit) {
        this.limit = limit;
    }

    public <T> T await(CompletionStage<T> answer) throws RoomCommandException {
        try {
            return answer.toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RoomCommandException refused) {
                throw refused;
            }
            throw unexpected(e.getCause());
        } catch (TimeoutException e) {
            throw unavailable("The room did not answer within " + limit.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("The server is shutting down");
        }
    }

    private static RuntimeException unexpected(@Nullable Throwable failure) {
        return switch (failure) {
            case StoreException store -> {
                log.warn("A request cannot be answered because of the store", store);
                yield unavailable("The store does not answer");
            }
            case VersionStoreException store -> {
                log.warn("A request cannot be answered because of the store of versions", store);
                yield unavailable("The store of versions does not answer");
            }
            case VersionException.NoSuchVersion none ->
                new ProblemException(ProblemType.VERSION_NOT_FOUND, String.valueOf(none.getMessage()));
            case VersionException.TooManyNamed full ->
                new ProblemException(ProblemType.LIMIT_REACHED, String.valueOf(full.getMessage()));
            case VersionException.Damaged damaged -> {
                log.error("A version cannot be shown or brought back: {}", damaged.getMessage());
                yield new ProblemException(ProblemType.VERSION_DAMAGED, String.valueOf(damaged.getMessage()));
            }
            case null, default -> new IllegalStateException("A room failed at a command", failure);
        };
    }

    /** Waits for a room to take a snapshot in, or a new room to be made of it: it is the snapshot that is invalid then. */
    <T> T awaitTaken(CompletionStage<T> answer) throws RoomCommandException {
        try {
            return await(answer);
        } catch (RoomCommandException.Invalid e) {
            throw new ProblemException(ProblemType.INVALID_SNAPSHOT, String.valueOf(e.getMessage()));
        }
    }

    private static ProblemException unavailable(String why) {
        return new ProblemException(ProblemType.UNAVAILABLE, why + ". Whether it was done is unknown");
    }
}
