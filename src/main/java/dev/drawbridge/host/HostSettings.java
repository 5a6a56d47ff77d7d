package dev.drawbridge.host;

import dev.drawbridge.protocol.Limits;
import dev.drawbridge.room.RoomSettings;
import java.time.Duration;

/**
 * How rooms are run.
 *
 * @param room the room's own settings
 * @param unloadAfter how long a room stays open after its last session has ended
 * @param commitTimeout how long the store may take for a commit, or to hand the room over, before the room is given up
 * @param maxHeldBytes how many bytes may wait for the store before the room takes nothing in any more
 * @param authority decides about writes of those types about which rooms themselves do not
 */
public record HostSettings(
        RoomSettings room, Duration unloadAfter, Duration commitTimeout, long maxHeldBytes, RecordAuthority authority) {

    public static final HostSettings DEFAULT =
            new HostSettings(RoomSettings.DEFAULT, Duration.ofSeconds(30), Duration.ofSeconds(10), 8L << 20);

    /** With nobody who decides about writes elsewhere. */
    public HostSettings(RoomSettings room, Duration unloadAfter, Duration commitTimeout, long maxHeldBytes) {
        this(room, unloadAfter, commitTimeout, maxHeldBytes, RecordAuthority.NONE);
    }

    Limits limits() {
        return room.limits();
    }
}
