/**
 * Events in a SQLite file of their own, beside that of the rooms: nothing to install, and no commit of a room waits for them.
 *
 * <p>The rule of this room: whatever belongs together is written in one transaction, what is asked often is counted and not
 * looked for, and all that waits for the disk does so on a thread of its own.
 */
@NullMarked
package dev.drawbridge.events.sqlite;

import org.jspecify.annotations.NullMarked;
