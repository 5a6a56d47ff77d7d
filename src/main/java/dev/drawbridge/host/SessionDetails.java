package dev.drawbridge.host;

import dev.drawbridge.room.Rights;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Somebody in a room.
 *
 * @param userId as the access check named the user; empty in open rooms
 * @param protocol the protocol version that the client speaks; empty before its handshake
 * @param migrationsBehind how many migrations its schema is behind the server's; empty before its handshake
 * @param since when its socket was opened
 * @param queuedBytes what waits to be sent to it
 */
public record SessionDetails(
        String id,
        Optional<String> userId,
        Optional<String> userName,
        State state,
        OptionalInt protocol,
        OptionalInt migrationsBehind,
        Instant since,
        Rights rights,
        long queuedBytes) {

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
