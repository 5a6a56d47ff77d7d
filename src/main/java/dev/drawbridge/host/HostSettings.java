package dev.drawbridge.host;

import dev.drawbridge.protocol.FrameLimits;
import dev.drawbridge.room.RoomSettings;
import java.time.Duration;

/**
 * How rooms are run.
 *
 * @param room the room's own settings
 * @param frames bounds on what a client sends
 * @param unloadAfter how long a room stays open after its last session has ended
 * @param commitTimeout how long the store may take for a commit, or to hand the room over, before the room is given up
 * @param maxHeldBytes how many bytes may wait for the store before the room takes nothing in any more
 * @param maxOutboxBytes how much may wait for a client that does not read before it is cut off
 * @param maxRooms how many rooms may be open
 */
public record HostSettings(
        RoomSettings room,
        FrameLimits frames,
        Duration unloadAfter,
        Duration commitTimeout,
        long maxHeldBytes,
        long maxOutboxBytes,
        int maxRooms) {

    public static final HostSettings DEFAULT = new HostSettings(
            RoomSettings.DEFAULT,
            FrameLimits.DEFAULT,
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            8L << 20,
            8L << 20,
            Integer.MAX_VALUE);
}
