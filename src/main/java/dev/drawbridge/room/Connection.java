package dev.drawbridge.room;

/**
 * One socket, as a room sees it: an identity and nothing else. The host hands its own object in and gets the same one back
 * in {@link Effect}s. Events belong to the socket, not to the session id that it came with (§21.3).
 */
public interface Connection {}
