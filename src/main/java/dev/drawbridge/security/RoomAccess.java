package dev.drawbridge.security;

import java.util.List;

/**
 * Decides who may enter which room. A Spring bean of this type replaces what {@code drawbridge.access.mode} offers.
 *
 * <p>It is asked once for each socket, and for each upload and the like, on a virtual thread, and may wait. Nothing the client sends is read before it has
 * answered. What it throws counts as {@link AccessDecision.Unavailable}: nobody enters by mistake.
 */
@FunctionalInterface
public interface RoomAccess {

    AccessDecision decide(AccessRequest request);

    /** What can be told of somebody who asks for something by a plain HTTP request and names no room. It may wait, too. */
    default RoomlessDecision decideWithoutRoom(Caller caller) {
        return new RoomlessDecision.DependsOnTheRoom();
    }

    /**
     * Ids of rooms that somebody may enter, and patterns in which {@code *} stands for any characters; empty when that cannot be
     * told, or is not to be. It may wait, too.
     */
    default List<String> rooms(Caller caller) {
        return List.of();
    }

    /** Whether everybody is let in, so that an address is all that is known of anybody. */
    default boolean letsStrangersIn() {
        return false;
    }
}
