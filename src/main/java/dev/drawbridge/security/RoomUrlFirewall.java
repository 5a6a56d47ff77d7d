package dev.drawbridge.security;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Refuses URLs that look like an attack, but for those of rooms: they are read by {@code web.JoinRequest}, which answers bad
 * ones in a way that the client understands.
 */
final class RoomUrlFirewall extends StrictHttpFirewall {
    private static final String ROOMS = "/connect/";

    @Override
    public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
        return isRoom(request) ? new Unchecked(request) : super.getFirewalledRequest(request);
    }

    /** As sent and as read by the container: {@code /connect/../admin} is no room. */
    private static boolean isRoom(HttpServletRequest request) {
        return request.getRequestURI().startsWith(request.getContextPath() + ROOMS)
                && request.getServletPath().startsWith(ROOMS);
    }

    private static final class Unchecked extends FirewalledRequest {

        Unchecked(HttpServletRequest request) {
            super(request);
        }

        @Override
        public void reset() {
            // nothing was changed
        }
    }
}
