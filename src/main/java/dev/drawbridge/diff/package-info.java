/**
 * The language of change: network diffs over many records and object diffs within one; how they are computed and
 * applied (§5, §6).
 *
 * <p>The rule of this floor: a diff is a value. Computing one must give exactly what the reference gives, because
 * equality with what a client pushed decides between commit and rebase.
 */
@NullMarked
package dev.drawbridge.diff;

import org.jspecify.annotations.NullMarked;
