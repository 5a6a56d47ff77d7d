package dev.drawbridge.config;

import dev.drawbridge.host.HostSettings;
import dev.drawbridge.host.RecordAuthority;
import dev.drawbridge.protocol.Limits;
import dev.drawbridge.room.RecordAuthorizers;
import dev.drawbridge.room.RoomSettings;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How rooms are run.
 *
 * @param unloadAfter how long a room stays in memory after its last session has ended
 * @param connectTimeout how long a socket may stay silent before its first message
 * @param idleTimeout how long a client may stay silent; tldraw clients ping every five seconds
 * @param removalTimeout how long the presence of a client that was lost stays, in case it comes back
 * @param maxTombstones how many deletions a room remembers for clients that were away
 * @param tombstonePruneBuffer how many more are forgotten at a time when there are too many
 * @param commitTimeout how long storing a change may take before the room is given up and its clients connect anew
 * @param maxHeld how many bytes may wait for the store, records and messages, before a room takes no more input
 */
@Validated
@ConfigurationProperties("drawbridge.room")
public record RoomProperties(
        @DefaultValue("30s") @DurationMin(message = NEGATIVE)
        Duration unloadAfter,

        @DefaultValue("10s") @DurationMin(millis = 1, message = TOO_SHORT)
        Duration connectTimeout,

        @DefaultValue("20s") @DurationMin(millis = 1, message = TOO_SHORT)
        Duration idleTimeout,

        @DefaultValue("5s") @DurationMin(message = NEGATIVE) Duration removalTimeout,
        @DefaultValue("3000") @Min(0) int maxTombstones,
        @DefaultValue("300") @Min(0) int tombstonePruneBuffer,

        @DefaultValue("10s") @DurationMin(millis = 1, message = TOO_SHORT)
        Duration commitTimeout,

        @DefaultValue("8MB") @MinSize("64KB") DataSize maxHeld) {
    private static final String NEGATIVE = "must be a duration of 0s or more, such as 500ms or 10s";
    private static final String TOO_SHORT = "must be a duration of 1ms or more, such as 500ms or 10s";

    HostSettings toHostSettings(Limits limits, RecordAuthorizers authorizers, RecordAuthority authority) {
        return new HostSettings(
                new RoomSettings(
                        connectTimeout,
                        idleTimeout,
                        removalTimeout,
                        maxTombstones,
                        tombstonePruneBuffer,
                        limits,
                        authorizers),
                unloadAfter,
                commitTimeout,
                maxHeld.toBytes(),
                authority);
    }
}
