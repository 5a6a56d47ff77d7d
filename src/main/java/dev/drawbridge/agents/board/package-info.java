/**
 * What is on a board, in words that a model reads and writes, and the records of tldraw that these stand for.
 *
 * <p>The rule of this package: it computes, and does nothing. No I/O, no threads, no clock.
 */
@NullMarked
package dev.drawbridge.agents.board;

import org.jspecify.annotations.NullMarked;
