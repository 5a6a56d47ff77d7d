/**
 * What a document is as bytes: blocks, which hold it whole or as what differs from another one, and the hash that says that
 * it is the same.
 *
 * <p>The rule of this floor: it keeps nothing and asks nobody. A block that is not as it was written is an error, whatever is
 * in it, and never costs more than its reader allows.
 */
@NullMarked
package dev.drawbridge.history.chain;

import org.jspecify.annotations.NullMarked;
