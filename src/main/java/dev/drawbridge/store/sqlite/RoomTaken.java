package dev.drawbridge.store.sqlite;

import dev.drawbridge.store.Ownership;

/**
 * A room that has got a new owner.
 *
 * @param bytes how large it is, as of its last commit: what reading it will take
 */
record RoomTaken(Ownership owner, long bytes) {}
