package dev.drawbridge.host;

import dev.drawbridge.room.Effect;
import dev.drawbridge.room.Room;
import java.util.List;

/** Something that comes to a room and has to wait for its turn. It is either applied or dropped. */
@FunctionalInterface
interface RoomInput {

    /** Hands it to the room. */
    List<Effect> applyTo(Room room, long now);

    /** The room has ended before its turn came. */
    default void dropped() {}
}
