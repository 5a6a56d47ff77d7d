/**
 * The default schema of tldraw, at release 5.4.2.
 *
 * <p>The rule of this package: one class for each record, shape, binding and asset type, which holds what belongs to the
 * type, its properties and its history, and nothing else. A new property is one {@code field} and one {@code version}.
 */
@NullMarked
package dev.drawbridge.schema.tldraw;

import org.jspecify.annotations.NullMarked;
