package dev.drawbridge.store.redis;

import dev.drawbridge.redis.RedisFault;
import dev.drawbridge.redis.RedisLink;
import dev.drawbridge.store.NotAdmittedException;
import dev.drawbridge.store.StoreException;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisException;
import java.util.concurrent.CompletionStage;

/** Says in an operator's words what went wrong, and with which room. */
final class RoomFault {
    private static final String DAMAGED = "DAMAGED ";

    private RoomFault() {}

    /** Connects; fails with what an operator has to know. */
    static RedisLink connected(AbstractRedisClient client) {
        try {
            return RedisLink.open(client);
        } catch (RedisException e) {
            throw new StoreException(RedisFault.reason(e), e);
        }
    }

    /** The same stage, its failures explained. */
    static <T> CompletionStage<T> explained(String what, String roomId, CompletionStage<T> stage) {
        return stage.exceptionally(error -> {
            throw explain(what, roomId, error);
        });
    }

    private static StoreException explain(String what, String roomId, Throwable error) {
        Throwable cause = RedisFault.cause(error);
        if (cause instanceof NotAdmittedException notAdmitted) {
            return notAdmitted;
        }
        return new StoreException("The room " + roomId + " could not be " + what + ": " + reason(cause), cause);
    }

    private static String reason(Throwable error) {
        String reason = RedisFault.reason(error);
        int damage = reason.indexOf(DAMAGED);
        return damage < 0
                ? reason
                : reason.substring(damage + DAMAGED.length()) + ". It is left as it is; repair it, or delete the room.";
    }
}
