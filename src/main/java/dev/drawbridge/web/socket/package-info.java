/**
 * The server's side of WebSocket (RFC 6455): frames in, frames out, and the container's sockets under them.
 *
 * <p>The rule of this package: it moves bytes and knows nothing of rooms. Nothing here waits for a client, and a socket has
 * one state that only its own lock guards, so that a frame is never cut by another.
 */
@NullMarked
package dev.drawbridge.web.socket;

import org.jspecify.annotations.NullMarked;
