package dev.drawbridge.store;

import java.util.List;
import java.util.Optional;

/**
 * Some rooms, in the order of their ids.
 *
 * @param next where to go on; empty when these were the last
 */
public record RoomPage(List<RoomSummary> rooms, Optional<String> next) {

    /** A page made of what was found, which is one more than fits when there are further rooms. */
    public static RoomPage of(List<RoomSummary> found, int limit) {
        return found.size() <= limit
                ? new RoomPage(List.copyOf(found), Optional.empty())
                : new RoomPage(
                        List.copyOf(found.subList(0, limit)),
                        Optional.of(found.get(limit - 1).roomId()));
    }

    public List<String> roomIds() {
        return rooms.stream().map(RoomSummary::roomId).toList();
    }
}
