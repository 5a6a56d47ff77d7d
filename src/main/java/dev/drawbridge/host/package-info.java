/**
 * Runs rooms: which are open, what happens in which order, what waits for the store, what goes out to whom.
 *
 * <p>The rule of this floor: threads meet here and nowhere else. A room is touched by its mailbox only, a socket is written
 * by its outbox only.
 */
@NullMarked
package dev.drawbridge.host;

import org.jspecify.annotations.NullMarked;
