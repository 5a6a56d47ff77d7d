/**
 * A board's past: versions of a room's document, which are made by themselves and on demand, kept small, thinned out, and
 * brought back.
 *
 * <p>The rule of this floor: it looks at rooms from outside, by the host's commands, and no room waits for it. A version that
 * is listed reads back exactly as it was, or says that it is damaged. It uses neither Spring nor sockets.
 */
@NullMarked
package dev.drawbridge.history;

import org.jspecify.annotations.NullMarked;
