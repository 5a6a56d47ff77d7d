/**
 * Finds assets that nothing refers to any more, and deletes them in the end.
 *
 * <p>The rule here: in doubt an asset stays. Whoever cannot be asked is taken to refer to all of them.
 */
@NullMarked
package dev.drawbridge.assets.collection;

import org.jspecify.annotations.NullMarked;
