package dev.drawbridge.security;

import dev.drawbridge.protocol.CloseReason;
import dev.drawbridge.protocol.ObjectAccess;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether somebody may enter a room. */
public sealed interface AccessDecision {

    /**
     * Come in.
     *
     * @param permission what they may do
     * @param objects what they may do with the records of the object lane, by whatever permission
     * @param history what they may do with the room's past
     * @param userId who it is, if that is known
     * @param userName what that person is called, if that is known
     * @param expiresAt when the permission ends, and with it the session; null is never
     */
    record Allowed(
            Permission permission,
            ObjectAccess objects,
            HistoryAccess history,
            @Nullable String userId,
            @Nullable String userName,
            @Nullable Instant expiresAt)
            implements AccessDecision {

        /** Without the room's past. */
        public Allowed(
                Permission permission,
                ObjectAccess objects,
                @Nullable String userId,
                @Nullable String userName,
                @Nullable Instant expiresAt) {
            this(permission, objects, HistoryAccess.NONE, userId, userName, expiresAt);
        }

        /** With the access to the object lane that goes with the permission, and without the room's past. */
        public Allowed(
                Permission permission,
                @Nullable String userId,
                @Nullable String userName,
                @Nullable Instant expiresAt) {
            this(permission, permission.objects(), userId, userName, expiresAt);
        }

        /** Whether this is permitted with the room's past. Bringing it back changes the room. */
        boolean permits(HistoryAccess needed) {
            return history.includes(needed) && (needed != HistoryAccess.RESTORE || permission == Permission.EDIT);
        }
    }

    /**
     * Stay out. The client shows the reason and does not come back by itself.
     *
     * @param why for the log; it must hold no secret
     */
    record Denied(CloseReason reason, String why) implements AccessDecision {}

    /**
     * It cannot be told now: nobody's fault. The client comes back by itself.
     *
     * @param why for the log; it must hold no secret
     */
    record Unavailable(String why) implements AccessDecision {}
}
