package dev.drawbridge.store;

import dev.drawbridge.room.RoomSnapshot;
import java.util.Optional;

/**
 * A room that its new owner may write.
 *
 * @param snapshot what is stored of it; empty for a room that is new
 * @param mayHaveLostCommits whether clients may have seen more of the room than is stored, because the store itself has
 *     been restored to an earlier state
 */
public record OpenedRoom(Ownership ownership, Optional<RoomSnapshot> snapshot, boolean mayHaveLostCommits) {}
