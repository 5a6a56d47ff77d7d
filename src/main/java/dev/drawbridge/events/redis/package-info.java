/**
 * Events in Redis: one server, Sentinel or a Cluster.
 *
 * <p>The rule of this room: whatever is written is one script, which looks before it writes; all keys have one hash tag.
 */
@NullMarked
package dev.drawbridge.events.redis;

import org.jspecify.annotations.NullMarked;
