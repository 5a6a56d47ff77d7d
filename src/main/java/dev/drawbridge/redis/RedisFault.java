package dev.drawbridge.redis;

import java.util.concurrent.CompletionException;

/** Says in an operator's words what went wrong with Redis. */
public final class RedisFault {

    private RedisFault() {}

    /** What a stage has failed of. */
    public static Throwable cause(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }

    /** What Redis or the driver has to say, with the causes that say more. */
    public static String reason(Throwable error) {
        String message = String.valueOf(error.getMessage());
        Throwable cause = error.getCause();
        return cause == null || cause.getMessage() == null || message.contains(cause.getMessage())
                ? message
                : message + ": " + reason(cause);
    }
}
