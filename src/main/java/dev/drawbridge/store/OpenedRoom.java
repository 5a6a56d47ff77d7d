package dev.drawbridge.store;

import dev.drawbridge.room.RoomSnapshot;
import java.util.Optional;

/**
 * A room that its new owner may write.
 *
 * @param snapshot what is stored of it; empty for a room that is new
 * @param mayHaveLostCommits whether clients may have seen more of the room than is stored, because the store itself may
 *     have been set back to an earlier state. It stays so, from opening to opening, until somebody commits: the owner's
 *     first change has to move the clock and the start of the history beyond what any client can have seen
 * @param clockFloor the highest clock that clients can have seen of a room that was deleted from the store, as far as it knows: a room that is
 *     new has to begin beyond it, for it may be that room which is made again
 */
public record OpenedRoom(
        Ownership ownership, Optional<RoomSnapshot> snapshot, boolean mayHaveLostCommits, long clockFloor)
        implements Opening {
    /** No room loses that many commits at once: where a store counts on it, clients have seen no clock beyond. */
    public static final long MOST_LOST = 1L << 20;

    /** One of a store from which no room was deleted, or that is not new. */
    public OpenedRoom(Ownership ownership, Optional<RoomSnapshot> snapshot, boolean mayHaveLostCommits) {
        this(ownership, snapshot, mayHaveLostCommits, 0);
    }
}
