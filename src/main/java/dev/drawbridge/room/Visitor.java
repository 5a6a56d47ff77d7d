package dev.drawbridge.room;

import org.jspecify.annotations.Nullable;

/**
 * Who comes in, and what has been decided about it at the door.
 *
 * @param sessionId chosen by the client, the same for as long as its tab lives
 * @param rights what it may do
 * @param userId who it is to the outside world; {@code null} when nobody asked
 * @param userName what that user is called; {@code null} when nobody asked
 * @param expiresAt when its permission ends, in milliseconds; {@link Long#MAX_VALUE} is never
 */
public record Visitor(
        String sessionId,
        Rights rights,
        @Nullable String userId,
        @Nullable String userName,
        long expiresAt) {

    /** Somebody of whom nothing is known: a viewer, or an editor. */
    public static Visitor unknown(String sessionId, boolean readonly) {
        return new Visitor(sessionId, readonly ? Rights.VIEWER : Rights.EDITOR, null, null, Long.MAX_VALUE);
    }
}
