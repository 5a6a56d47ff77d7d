package dev.drawbridge.store;

/**
 * The right to write a room, until somebody else opens it.
 *
 * @param epoch grows by one with each opening of the room
 * @param token random, made at the opening: a store that lost its latest writes can hand out an epoch twice, a token
 *     never
 */
public record Ownership(long epoch, String token) {}
