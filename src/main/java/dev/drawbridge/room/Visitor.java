package dev.drawbridge.room;

import org.jspecify.annotations.Nullable;

/**
 * Who enters a room.
 *
 * @param sessionId chosen by the client, the same for a browser tab as long as it lives
 * @param readonly whether its document changes are to be discarded
 * @param userId who it is, if that is known
 * @param userName what that person is called, if that is known
 * @param expiresAt when the permission to be here ends, in milliseconds since 1970; {@link Long#MAX_VALUE} is never
 */
public record Visitor(
        String sessionId,
        boolean readonly,
        @Nullable String userId,
        @Nullable String userName,
        long expiresAt) {}
