/**
 * Programs that work on boards as people do: an agent is a client without a socket, in any room, wherever that is open.
 *
 * <p>The rule of this floor: an agent comes in by the host's entrance and says what it wants in the protocol, so that what
 * binds people binds it. Whatever it needs is bounded in bytes, and no room waits for it.
 */
@NullMarked
package dev.drawbridge.agents;

import org.jspecify.annotations.NullMarked;
