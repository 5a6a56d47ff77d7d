/**
 * Versions in a SQLite file of their own, beside that of the rooms: nothing to install, and no commit of a room waits for them.
 *
 * <p>The rule of this room: whatever belongs together is written in one transaction, and what SQLite has to wait for, it waits
 * for on threads of its own.
 */
@NullMarked
package dev.drawbridge.history.sqlite;

import org.jspecify.annotations.NullMarked;
