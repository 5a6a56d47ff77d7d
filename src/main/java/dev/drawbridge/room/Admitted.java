package dev.drawbridge.room;

import java.util.SortedMap;

/**
 * A snapshot from outside that may become a room.
 *
 * @param leftOut how many records were left out, by their type: those of types that never leave a client
 */
public record Admitted(RoomSnapshot snapshot, SortedMap<String, Integer> leftOut) {}
