package dev.drawbridge.host;

import java.time.Instant;

/**
 * Which node this is. It is another one after each start.
 *
 * @param id a name for people that no other node has, or has had
 * @param startedAt since when there is this node
 */
public record NodeIdentity(String id, Instant startedAt) {}
