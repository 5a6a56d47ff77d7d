/**
 * The server under pressure: a process of its own with a fixed heap is attacked in some rooms, while the clients of another
 * room measure what they notice of it. Nothing here passes or fails by a few milliseconds: what is measured is printed, what
 * is judged is that the process lives, that nothing is lost, and what the attacker is answered.
 */
@NullMarked
package dev.drawbridge.pressure;

import org.jspecify.annotations.NullMarked;
