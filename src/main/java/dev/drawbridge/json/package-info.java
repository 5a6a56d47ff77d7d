/**
 * JSON values with JavaScript's meaning: numbers are doubles, {@code -0} is {@code 0}, strings are sequences of UTF-16
 * units, objects compare without regard to key order, of duplicate keys the last one wins.
 *
 * <p>The rule of this floor: values are immutable, so that they can be shared, kept and compared by identity first.
 */
@NullMarked
package dev.drawbridge.json;

import org.jspecify.annotations.NullMarked;
