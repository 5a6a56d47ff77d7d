/**
 * URLs as the WHATWG URL Standard parses and writes them.
 *
 * <p>The rule of this floor: pure functions of a text, in linear time, that know nothing of whiteboards. What they accept
 * and write is what JavaScript's {@code URL} accepts and writes under Node 20.
 */
@NullMarked
package dev.drawbridge.url;

import org.jspecify.annotations.NullMarked;
