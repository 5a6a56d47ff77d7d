package dev.drawbridge.room;

import java.util.OptionalLong;

/**
 * What a new room begins with.
 *
 * @param content admitted by {@link RoomLoader#admit}
 * @param foreignClock the clock at which another server has left off with the same room, if its clients are to go on from
 *     what they know; empty when whoever knew a room by this name is to be wiped
 */
public record FirstContent(RoomSnapshot content, OptionalLong foreignClock) {

    /** A room that nobody knows yet. */
    public static FirstContent of(RoomSnapshot content) {
        return new FirstContent(content, OptionalLong.empty());
    }
}
