package dev.drawbridge.simulation;

import dev.drawbridge.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/** All that a room has ever been in a store. */
public interface Past {

    /** Whether the room, or one before it, has ever been at that clock. */
    boolean hasReached(long clock);

    /** Whether what was stored at that clock is no part of what led to the present room. */
    boolean isLost(long clock);

    /** What is or was stored at a clock; empty when the store has gone past it in one step. */
    Optional<Map<String, JsonObject>> storedAt(long clock);
}
