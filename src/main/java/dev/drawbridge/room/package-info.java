/**
 * The rules of a room: documents, presence, sessions, clock, tombstones (§1, §8 to §17).
 *
 * <p>The rule of this floor: a deterministic state machine. No threads, no sockets, no timers, no clock, no randomness of
 * its own: every input comes with the time, every call returns what has to happen.
 */
@NullMarked
package dev.drawbridge.room;

import org.jspecify.annotations.NullMarked;
