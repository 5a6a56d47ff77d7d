package dev.drawbridge.protocol;

import dev.drawbridge.json.Json;

/**
 * Bounds on what one client message may take (§21.6).
 *
 * @param maxMessageLength the longest message, in UTF-16 units, all its chunks together
 * @param maxChunks the most chunks that one message may come in
 * @param maxDepth how many objects and arrays may be open at once in a message, at most {@link Json#MAX_DEPTH}
 */
public record FrameLimits(int maxMessageLength, int maxChunks, int maxDepth) {

    /** What the reference takes from 5.5 on (§21.12); pasted images travel inside records while there is no asset store. */
    public static final FrameLimits DEFAULT = new FrameLimits(16 << 20, 100_000, Json.MAX_DEPTH);
}
