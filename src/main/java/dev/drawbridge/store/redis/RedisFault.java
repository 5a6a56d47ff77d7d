package dev.drawbridge.store.redis;

import dev.drawbridge.store.NotAdmittedException;
import dev.drawbridge.store.StoreException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Says in an operator's words what went wrong, and with which room. */
final class RedisFault {
    private static final String DAMAGED = "DAMAGED ";

    private RedisFault() {}

    /** The same stage, its failures explained. */
    static <T> CompletionStage<T> explained(String what, String roomId, CompletionStage<T> stage) {
        return stage.exceptionally(error -> {
            throw explain(what, roomId, error);
        });
    }

    static StoreException explain(String what, String roomId, Throwable error) {
        Throwable cause = cause(error);
        if (cause instanceof NotAdmittedException notAdmitted) {
            return notAdmitted;
        }
        return new StoreException("The room " + roomId + " could not be " + what + ": " + reason(cause), cause);
    }

    /** What a stage has failed of. */
    static Throwable cause(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }

    /** What Redis or the driver has to say, with the causes that say more. */
    static String reason(Throwable error) {
        String message = String.valueOf(error.getMessage());
        if (message.startsWith(DAMAGED)) {
            return message.substring(DAMAGED.length()) + ". It is left as it is; repair it, or delete the room.";
        }
        Throwable cause = error.getCause();
        return cause == null || cause.getMessage() == null || message.contains(cause.getMessage())
                ? message
                : message + ": " + reason(cause);
    }
}
