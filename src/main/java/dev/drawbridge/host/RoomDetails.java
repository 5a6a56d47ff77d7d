package dev.drawbridge.host;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What there is to say of a room. Records, bytes, clock and times are those of what is stored.
 *
 * @param node the node that has it open; empty for a room that is only stored
 * @param sessions how many are in it, those whose clients are lost for the moment included; empty when the node that has it
 *     open does not say
 * @param bytes the size of all its records as UTF-8 JSON
 */
public record RoomDetails(
        String id,
        State state,
        Optional<String> node,
        OptionalInt sessions,
        int records,
        long bytes,
        long documentClock,
        Instant created,
        Instant lastChanged) {

    /** Whether it is open. */
    public enum State {
        /** Open on a node. */
        ACTIVE,
        /** Only stored. */
        STORED
    }
}
