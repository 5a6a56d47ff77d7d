package dev.drawbridge.web.admin;

import dev.drawbridge.web.RoomId;

/** What the controllers have in common. */
final class AdminApi {
    static final String ROOT = "/admin/v1";
    static final String ROOM = ROOT + "/rooms/{roomId}";

    private AdminApi() {}

    /** The id of a room in a path. There is no room with an invalid one, so that it is simply not found. */
    static String room(String id) {
        return RoomId.of(id)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.ROOM_NOT_FOUND, "There is no such room: an id is " + RoomId.RULE));
    }
}
