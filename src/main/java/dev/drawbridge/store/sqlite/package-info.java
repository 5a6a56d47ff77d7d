/**
 * Rooms in one SQLite file: nothing to install, nothing lost on {@code kill -9} or power cut.
 *
 * <p>The rule of this room: one thread writes, and puts all that waits into one transaction.
 */
@NullMarked
package dev.drawbridge.store.sqlite;

import org.jspecify.annotations.NullMarked;
