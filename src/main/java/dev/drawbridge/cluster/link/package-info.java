/**
 * What nodes say to each other: the frames of a link between an edge, which has clients' sockets, and an owner, which has
 * the room open; and what carries them.
 *
 * <p>The rule of this package: a link moves frames and knows no rooms. What comes in is bounds-checked; a frame of a kind that
 * is not known is skipped, and so is what a known one has behind its last known field, so that neighbouring releases
 * understand each other.
 */
@NullMarked
package dev.drawbridge.cluster.link;

import org.jspecify.annotations.NullMarked;
