package dev.drawbridge.store;

import dev.drawbridge.room.DocumentSize;
import java.time.Instant;

/**
 * What a store can say of a room without reading it.
 *
 * @param size as of the last commit
 * @param created when the room was opened first
 * @param changed when it was last committed to
 */
public record RoomSummary(String roomId, long documentClock, DocumentSize size, Instant created, Instant changed) {}
