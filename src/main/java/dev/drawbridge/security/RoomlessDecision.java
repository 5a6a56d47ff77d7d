package dev.drawbridge.security;

import java.util.Optional;

/** What can be told of somebody who names no room. */
public sealed interface RoomlessDecision {

    /**
     * It can be told without the room.
     *
     * @param decision what this one may do in some room, whichever that is; or why in none
     * @param room the room, when there is only one that can be meant; it need not be a valid room id
     */
    record Told(AccessDecision decision, Optional<String> room) implements RoomlessDecision {}

    /** It depends on the room. */
    record DependsOnTheRoom() implements RoomlessDecision {}
}
