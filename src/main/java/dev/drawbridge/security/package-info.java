/**
 * Who may enter which room, and as what; and who may operate the server.
 *
 * <p>The rule of this floor: it decides, and knows nothing of sockets or rooms.
 */
@NullMarked
package dev.drawbridge.security;

import org.jspecify.annotations.NullMarked;
