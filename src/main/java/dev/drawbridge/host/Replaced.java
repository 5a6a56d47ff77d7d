package dev.drawbridge.host;

import dev.drawbridge.room.RoomSnapshot;

/**
 * What has come of it that a room's document was replaced.
 *
 * @param documentClock of the room afterwards; the one before, if nothing was different
 * @param before what the room held right before, by reference: nothing came in between
 */
public record Replaced(long documentClock, RoomSnapshot before) {}
