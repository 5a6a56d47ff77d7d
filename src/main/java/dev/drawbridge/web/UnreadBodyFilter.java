package dev.drawbridge.web;

import dev.drawbridge.config.McpProperties;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses bodies where none is asked for: outside of the admin API, of the past of rooms and of uploads, which bound their own. Spring reads them all the same, of
 * any size and before anybody asks who sends them: the actuator makes a map of what comes along with a question for the
 * health.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class UnreadBodyFilter extends OncePerRequestFilter {
    private static final List<String> READ_BODIES = List.of("/admin/", "/rooms/", "/uploads/", "/api/uploads/");
    private static final String AGENTS = "/mcp";

    private final boolean hasAgents;

    @Autowired
    UnreadBodyFilter(McpProperties agents) {
        this.hasAgents = agents.enabled();
    }

    /** Where there is no door for agents. */
    UnreadBodyFilter() {
        this.hasAgents = false;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getServletPath();
        return !hasBody(request)
                || READ_BODIES.stream().anyMatch(path::startsWith)
                || (hasAgents && path.equals(AGENTS));
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader(HttpHeaders.CONNECTION, "close"); // else what is unread is read to its end
        ProblemAnswer.write(
                response,
                HttpStatus.CONTENT_TOO_LARGE,
                "urn:drawbridge:problem:payload-too-large",
                "There is no body to be sent to this path");
    }
}
