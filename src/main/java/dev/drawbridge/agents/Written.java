package dev.drawbridge.agents;

import dev.drawbridge.history.VersionId;
import java.util.List;
import java.util.Optional;

/**
 * A change that is stored.
 *
 * @param documentClock the room's clock with it
 * @param before the version that shows the board before the agent's first change, when this was the first
 * @param passedOver the ids of the records that came to nothing: they were so already, or the agent may not write them
 */
public record Written(long documentClock, Optional<VersionId> before, List<String> passedOver) {
    public Written {
        passedOver = List.copyOf(passedOver);
    }
}
