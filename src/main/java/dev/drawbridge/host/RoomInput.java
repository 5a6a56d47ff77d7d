package dev.drawbridge.host;

import dev.drawbridge.room.Effect;
import dev.drawbridge.room.FirstContent;
import dev.drawbridge.room.Room;
import java.util.List;
import java.util.Optional;

/** Something that comes to a room and has to wait for its turn. It is either applied or dropped. */
@FunctionalInterface
interface RoomInput {

    /** Hands it to the room. */
    List<Effect> applyTo(Room room, long now);

    /** The room has ended before its turn came. */
    default void dropped() {}

    /** Another node has the room open. */
    default void elsewhere(String nodeId) {
        dropped();
    }

    /** There is no such room. */
    default void noRoom() {
        dropped();
    }

    /** Whether the room is opened for it when it is not open. */
    default boolean opensRoom() {
        return true;
    }

    /** The room is not open, and is not opened for this. */
    default void notOpen() {
        dropped();
    }

    /** Whether there shall be a room when there is none yet. */
    default boolean createsRoom() {
        return false;
    }

    /** The room is being made for this input: what it begins with; empty for what every new room begins with. */
    default Optional<FirstContent> firstContent() {
        return Optional.empty();
    }

    /** Whether handling it may take long, by its size. */
    default boolean isLong() {
        return false;
    }

    /** Whether somebody comes in by it, who may come again: the room stays open for a while. */
    default boolean isVisit() {
        return false;
    }
}
