/**
 * How a file of SQLite is opened, laid out and talked to, whatever is kept in it.
 *
 * <p>The rule of this floor: it knows no table.
 */
@NullMarked
package dev.drawbridge.sqlite;

import org.jspecify.annotations.NullMarked;
