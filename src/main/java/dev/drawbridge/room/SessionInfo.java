package dev.drawbridge.room;

import java.util.OptionalInt;

/**
 * A session as it is seen from outside.
 *
 * @param rights what it may do, by whatever decision
 * @param protocol the protocol version that its client speaks; empty before the handshake
 * @param migrationsBehind how many migrations its client's schema is behind ours; empty before the handshake
 * @param openedAt when its socket was opened, in milliseconds
 */
public record SessionInfo(
        Connection connection,
        Visitor visitor,
        State state,
        Rights rights,
        OptionalInt protocol,
        OptionalInt migrationsBehind,
        long openedAt) {

    /** Where a session is in its life (§15). */
    public enum State {
        /** The socket is open, the handshake is to come. */
        AWAITING_CONNECT,
        /** It takes part. */
        CONNECTED,
        /** Its client is lost and may come back within seconds. */
        AWAITING_REMOVAL
    }
}
