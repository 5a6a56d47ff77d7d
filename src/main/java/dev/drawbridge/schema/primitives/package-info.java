/**
 * The values inside records that have rules of their own: which URLs are allowed, index keys, float16 numbers, draw paths, migration ids.
 *
 * <p>The rule of this floor: pure functions of their arguments, in linear time, that know nothing of records or JSON.
 * What they accept and produce is what the npm packages accept and produce under Node 20.
 */
@NullMarked
package dev.drawbridge.schema.primitives;

import org.jspecify.annotations.NullMarked;
