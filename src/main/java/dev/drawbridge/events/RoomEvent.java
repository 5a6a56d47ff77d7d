package dev.drawbridge.events;

import java.time.Instant;

/**
 * Something that has happened in a room.
 *
 * @param time when, by the clock of the node that says so
 * @param node which node that is; another one after each start
 */
public record RoomEvent(String roomId, Instant time, String node, Happening what) {}
