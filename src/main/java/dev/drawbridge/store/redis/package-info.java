/**
 * Rooms in Redis: one server, Sentinel or a Cluster.
 *
 * <p>The rule of this room: whatever changes a room is one script, which looks before it writes; a command that may have
 * been carried out is never sent again by the driver.
 */
@NullMarked
package dev.drawbridge.store.redis;

import org.jspecify.annotations.NullMarked;
