package dev.drawbridge.web.admin;

import dev.drawbridge.host.NodeIdentity;
import dev.drawbridge.json.Quoted;
import dev.drawbridge.room.RoomId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Tells {@link Audit} of requests. It stands behind the door, so that it sees those only that were let in; what another node
 * has brought was seen there already.
 */
@Component
class AuditFilter extends OncePerRequestFilter {
    private static final int LONGEST_PATH = 200;
    private static final String ROOMS = AdminApi.ROOT + "/rooms/";

    /** Nobody is let in with a method of which nothing is known, and then it would change something. */
    private static final Set<String> CHANGE_NOTHING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final Audit audit;
    private final InstantSource clock;
    private final NodeIdentity node;
    private final Optional<ForwardingSeal> seal;

    /** @param seal empty without a cluster */
    AuditFilter(Audit audit, InstantSource clock, NodeIdentity node, Optional<ForwardingSeal> seal) {
        this.audit = audit;
        this.clock = clock;
        this.node = node;
        this.seal = seal;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return CHANGE_NOTHING.contains(request.getMethod())
                || !request.getServletPath().startsWith("/admin/")
                || request.getUserPrincipal() == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (seal.filter(known -> known.isOn(request, node.id())).isPresent()) {
            chain.doFilter(request, response);
            return;
        }
        Instant time = clock.instant();
        boolean answered = false;
        try {
            chain.doFilter(request, response);
            answered = true;
        } finally {
            audit.add(new Audit.Entry(
                    time,
                    request.getMethod(),
                    Quoted.line(request.getRequestURI(), LONGEST_PATH),
                    room(request, response),
                    answered ? response.getStatus() : HttpServletResponse.SC_INTERNAL_SERVER_ERROR,
                    request.getRemoteAddr()));
        }
    }

    /** The one in the path, or the one that has been made. */
    private static Optional<String> room(HttpServletRequest request, HttpServletResponse response) {
        if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                && variables.get("roomId") instanceof String roomId) {
            return RoomId.of(roomId);
        }
        return Optional.ofNullable(response.getHeader(HttpHeaders.LOCATION))
                .filter(location -> location.startsWith(ROOMS))
                .flatMap(location -> RoomId.of(location.substring(ROOMS.length())));
    }
}
