package dev.drawbridge.web.admin;

import dev.drawbridge.room.RoomId;
import jakarta.servlet.http.HttpServletRequest;

/** What the controllers have in common. */
final class AdminApi {
    static final String ROOT = "/admin/v1";
    static final String ROOM = ROOT + "/rooms/{roomId}";

    /** What users may ask of their rooms is below. */
    static final String OWN_ROOMS = "/rooms/";

    private AdminApi() {}

    /** Whether a request is for this API, whatever it is for there. */
    static boolean isFor(HttpServletRequest request) {
        return request.getRequestURI().startsWith(request.getContextPath() + ROOT);
    }

    /** Whether a request is for what users may ask of their rooms, which is answered in the same way. */
    static boolean isForOwn(HttpServletRequest request) {
        return request.getRequestURI().startsWith(request.getContextPath() + OWN_ROOMS);
    }

    /** A host and a port as they are written in a URL. */
    static String authority(String host, int port) {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    /** What a parameter chooses that has two values: whether it is the second. */
    static boolean chosen(String name, String value, String no, String yes) {
        if (!value.equals(no) && !value.equals(yes)) {
            throw ProblemException.invalidRequest(name + ": expected " + no + " or " + yes);
        }
        return value.equals(yes);
    }

    /** The id of a room in a path. There is no room with an invalid one, so that it is simply not found. */
    static String room(String id) {
        return RoomId.of(id)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.ROOM_NOT_FOUND, "There is no such room: an id is " + RoomId.RULE));
    }
}
