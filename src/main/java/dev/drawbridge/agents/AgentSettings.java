package dev.drawbridge.agents;

import java.time.Duration;

/**
 * What the agents of a node may take.
 *
 * @param mostPlaces in how many rooms agents may be at once, all of them together; who comes next takes the place of the one
 *     that has been idle longest
 * @param mostRooms in how many rooms one of them may be at once
 * @param mostBytes the most bytes of one change, as it is said to the room
 * @param idleAfter when one that does nothing leaves a room
 * @param patience how long a room, or a version of it, is waited for
 */
public record AgentSettings(int mostPlaces, int mostRooms, int mostBytes, Duration idleAfter, Duration patience) {
    public static final AgentSettings DEFAULT =
            new AgentSettings(256, 16, 4 << 20, Duration.ofMinutes(10), Duration.ofSeconds(30));

    public AgentSettings {
        if (mostPlaces < 1 || mostRooms < 1 || mostBytes < 1) {
            throw new IllegalArgumentException("an agent needs a place, and something to say");
        }
    }
}
