package dev.drawbridge.room;

import dev.drawbridge.protocol.Limits;
import java.time.Duration;

/**
 * How patient a room is and how long its memory (§15, §20, §21.4).
 *
 * @param connectTimeout how long a socket may stay silent before its connect message
 * @param idleTimeout how long a connected session may stay silent; clients ping every five seconds
 * @param removalTimeout how long a lost session's presence stays, in case it comes back
 * @param maxTombstones deletions that are remembered before the oldest are forgotten
 * @param tombstonePruneBuffer how many more are forgotten at a time, so that it happens seldom
 * @param limits what clients and rooms may take
 * @param authorizers who decides about single records
 */
public record RoomSettings(
        Duration connectTimeout,
        Duration idleTimeout,
        Duration removalTimeout,
        int maxTombstones,
        int tombstonePruneBuffer,
        Limits limits,
        RecordAuthorizers authorizers) {

    public static final RoomSettings DEFAULT = new RoomSettings(
            Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(5), 3_000, 300, Limits.NONE);

    /** With nobody who decides about single records. */
    public RoomSettings(
            Duration connectTimeout,
            Duration idleTimeout,
            Duration removalTimeout,
            int maxTombstones,
            int tombstonePruneBuffer,
            Limits limits) {
        this(
                connectTimeout,
                idleTimeout,
                removalTimeout,
                maxTombstones,
                tombstonePruneBuffer,
                limits,
                RecordAuthorizers.NONE);
    }

    /** These settings with other limits. */
    public RoomSettings with(Limits others) {
        return new RoomSettings(
                connectTimeout, idleTimeout, removalTimeout, maxTombstones, tombstonePruneBuffer, others, authorizers);
    }

    /** These settings, and who decides about single records. */
    public RoomSettings with(RecordAuthorizers others) {
        return new RoomSettings(
                connectTimeout, idleTimeout, removalTimeout, maxTombstones, tombstonePruneBuffer, limits, others);
    }
}
