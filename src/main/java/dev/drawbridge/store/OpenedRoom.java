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
 */
public record OpenedRoom(Ownership ownership, Optional<RoomSnapshot> snapshot, boolean mayHaveLostCommits) {}
