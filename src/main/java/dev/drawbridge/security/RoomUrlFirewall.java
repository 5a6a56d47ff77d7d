package dev.drawbridge.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Refuses URLs that look like an attack, but for those of rooms and of assets. The former are read by {@code web.JoinRequest},
 * which answers bad ones in a way that the client understands; in the latter an id may be any text.
 */
final class RoomUrlFirewall extends StrictHttpFirewall {
    private static final List<String> IDS = List.of("/connect/", "/api/connect/", "/uploads/", "/api/uploads/");

    @Override
    public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
        return hasId(request) ? new Unchecked(request) : super.getFirewalledRequest(request);
    }

    /** As sent and as read by the container: {@code /connect/../admin} is no room. */
    private static boolean hasId(HttpServletRequest request) {
        String sent = request.getRequestURI();
        String read = request.getServletPath();
        return IDS.stream().anyMatch(path -> sent.startsWith(request.getContextPath() + path) && read.startsWith(path));
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
