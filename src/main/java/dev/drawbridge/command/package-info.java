/**
 * What the jar does when it is not the server: it brings rooms in from files and out to files.
 *
 * <p>The rule of this floor: a command says what it did and what it did not and why, one sentence each, and ends with a
 * code; it goes through the rooms' own commands, here or over the admin API, and never past them.
 */
@NullMarked
package dev.drawbridge.command;

import org.jspecify.annotations.NullMarked;
