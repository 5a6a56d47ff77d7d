package dev.drawbridge.events.follow;

import dev.drawbridge.events.EventType;
import dev.drawbridge.events.RoomEvent;
import java.util.Set;

/**
 * Which events somebody wants.
 *
 * @param rooms the ids of the rooms; empty for all rooms
 * @param types empty for all types
 */
public record EventFilter(Set<String> rooms, Set<EventType> types) {
    public static final EventFilter ALL = new EventFilter(Set.of(), Set.of());

    public EventFilter {
        rooms = Set.copyOf(rooms);
        types = Set.copyOf(types);
    }

    public boolean includes(RoomEvent event) {
        return (rooms.isEmpty() || rooms.contains(event.roomId()))
                && (types.isEmpty() || types.contains(event.what().type()));
    }
}
