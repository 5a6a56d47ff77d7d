package dev.drawbridge.store;

import dev.drawbridge.room.DocumentSize;
import java.time.Instant;
import java.util.Optional;

/**
 * What a store can say of a room without reading it.
 *
 * @param size as of the last commit
 * @param created when the room was opened first
 * @param changed when it was last committed to
 * @param owner the node that is named as its owner, which may have gone meanwhile; empty where there is but one node
 */
public record RoomSummary(
        String roomId,
        long documentClock,
        DocumentSize size,
        Instant created,
        Instant changed,
        Optional<String> owner) {

    /** One that nobody is named as the owner of. */
    public RoomSummary(String roomId, long documentClock, DocumentSize size, Instant created, Instant changed) {
        this(roomId, documentClock, size, created, changed, Optional.empty());
    }
}
