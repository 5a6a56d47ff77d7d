/**
 * Images that are inside drawings, as data URLs: they make rooms of megabytes.
 *
 * <p>The rule here: a drawing shows the same before and after, and is never left without an image that it had.
 */
@NullMarked
package dev.drawbridge.assets.embedded;

import org.jspecify.annotations.NullMarked;
